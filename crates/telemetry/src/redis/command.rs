//! The names of commands. Only known ones are shown: the first word sent to a server may be a slip, and
//! then it is text of any kind.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use redis::{Arg, Cmd, Pipeline};

/// Longer than any known name.
const NAME_BYTES_MAX: usize = 24;
/// What an unknown command is called.
const OTHER: &str = "_OTHER";

static KNOWN: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| NAMES.split_ascii_whitespace().collect());

/// What a command or a pipeline does.
pub(super) struct Operation {
    pub(super) name: Cow<'static, str>,
    /// Number of commands; none for one.
    pub(super) batch: Option<i64>,
}

impl Operation {
    pub(super) fn of_command(cmd: &Cmd) -> Self {
        Self {
            name: name_of(cmd).into(),
            batch: None,
        }
    }

    /// `PIPELINE` or `MULTI`, with the command's name when all are the same. A pipeline of one is not a
    /// pipeline: what is sent is the command.
    pub(super) fn of_pipeline(pipeline: &Pipeline) -> Self {
        let mut names = pipeline.cmd_iter().map(name_of);
        let first = names.next().unwrap_or(OTHER);
        let uniform = first != OTHER && names.all(|name| name == first);
        let name = match (pipeline.is_transaction(), uniform) {
            (false, _) if pipeline.len() == 1 => first.into(),
            (false, true) => format!("PIPELINE {first}").into(),
            (false, false) => "PIPELINE".into(),
            (true, true) => format!("MULTI {first}").into(),
            (true, false) => "MULTI".into(),
        };
        let size = i64::try_from(pipeline.len()).unwrap_or(i64::MAX);
        Self {
            name,
            batch: (size > 1).then_some(size),
        }
    }

    pub(super) fn span_name(&self) -> Cow<'static, str> {
        if self.name == OTHER {
            return super::SYSTEM.into();
        }
        self.name.clone()
    }
}

fn name_of(cmd: &Cmd) -> &'static str {
    let Some(Arg::Simple(sent)) = cmd.args_iter().next() else {
        return OTHER;
    };
    let mut upper = [0; NAME_BYTES_MAX];
    let Some(upper) = upper.get_mut(..sent.len()) else {
        return OTHER;
    };
    upper.copy_from_slice(sent);
    upper.make_ascii_uppercase();
    let known = std::str::from_utf8(upper)
        .ok()
        .and_then(|name| KNOWN.get(name));
    known.copied().unwrap_or(OTHER)
}

/// `COMMAND LIST` of Redis 7.0, what 7.4 and 8 added, and the modules that come with 8.
const NAMES: &str = "
    ACL APPEND ASKING AUTH BF.ADD BF.CARD BF.EXISTS BF.INFO BF.INSERT BF.MADD BF.MEXISTS BF.RESERVE
    BGREWRITEAOF BGSAVE BITCOUNT BITFIELD BITFIELD_RO BITOP BITPOS BLMOVE BLMPOP BLPOP BRPOP BRPOPLPUSH
    BZMPOP BZPOPMAX BZPOPMIN CF.ADD CF.ADDNX CF.COUNT CF.DEL CF.EXISTS CF.INFO CF.INSERT CF.RESERVE
    CLIENT CLUSTER CMS.INCRBY CMS.QUERY COMMAND CONFIG COPY DBSIZE DEBUG DECR DECRBY DEL DELEX DIGEST
    DISCARD DUMP ECHO EVAL EVALSHA EVALSHA_RO EVAL_RO EXEC EXISTS EXPIRE EXPIREAT EXPIRETIME FAILOVER
    FCALL FCALL_RO FLUSHALL FLUSHDB FT.AGGREGATE FT.ALTER FT.CREATE FT.CURSOR FT.DROPINDEX FT.EXPLAIN
    FT.INFO FT.SEARCH FT.SPELLCHECK FT.SUGADD FT.SUGDEL FT.SUGGET FT.SUGLEN FT.TAGVALS FUNCTION GEOADD
    GEODIST GEOHASH GEOPOS GEORADIUS GEORADIUSBYMEMBER GEORADIUSBYMEMBER_RO GEORADIUS_RO GEOSEARCH
    GEOSEARCHSTORE GET GETBIT GETDEL GETEX GETRANGE GETSET HDEL HELLO HEXISTS HEXPIRE HEXPIREAT
    HEXPIRETIME HGET HGETALL HGETDEL HGETEX HINCRBY HINCRBYFLOAT HKEYS HLEN HMGET HMSET HPERSIST
    HPEXPIRE HPEXPIREAT HPEXPIRETIME HPTTL HRANDFIELD HSCAN HSET HSETEX HSETNX HSTRLEN HTTL HVALS INCR
    INCRBY INCRBYFLOAT INFO JSON.ARRAPPEND JSON.ARRINDEX JSON.ARRINSERT JSON.ARRLEN JSON.ARRPOP
    JSON.ARRTRIM JSON.CLEAR JSON.DEL JSON.FORGET JSON.GET JSON.MERGE JSON.MGET JSON.MSET JSON.NUMINCRBY
    JSON.NUMMULTBY JSON.OBJKEYS JSON.OBJLEN JSON.RESP JSON.SET JSON.STRAPPEND JSON.STRLEN JSON.TOGGLE
    JSON.TYPE KEYS LASTSAVE LATENCY LCS LINDEX LINSERT LLEN LMOVE LMPOP LOLWUT LPOP LPOS LPUSH LPUSHX
    LRANGE LREM LSET LTRIM MEMORY MGET MIGRATE MODULE MONITOR MOVE MSET MSETEX MSETNX MULTI OBJECT
    PERSIST PEXPIRE PEXPIREAT PEXPIRETIME PFADD PFCOUNT PFDEBUG PFMERGE PFSELFTEST PING PSETEX
    PSUBSCRIBE PSYNC PTTL PUBLISH PUBSUB PUNSUBSCRIBE QUIT RANDOMKEY READONLY READWRITE RENAME RENAMENX
    REPLCONF REPLICAOF RESET RESTORE RESTORE-ASKING ROLE RPOP RPOPLPUSH RPUSH RPUSHX SADD SAVE SCAN
    SCARD SCRIPT SDIFF SDIFFSTORE SELECT SET SETBIT SETEX SETNX SETRANGE SHUTDOWN SINTER SINTERCARD
    SINTERSTORE SISMEMBER SLAVEOF SLOWLOG SMEMBERS SMISMEMBER SMOVE SORT SORT_RO SPOP SPUBLISH
    SRANDMEMBER SREM SSCAN SSUBSCRIBE STRLEN SUBSCRIBE SUBSTR SUNION SUNIONSTORE SUNSUBSCRIBE SWAPDB
    SYNC TIME TOPK.ADD TOPK.LIST TOUCH TS.ADD TS.CREATE TS.GET TS.INCRBY TS.MADD TS.MGET TS.MRANGE
    TS.RANGE TTL TYPE UNLINK UNSUBSCRIBE UNWATCH VADD VCARD VDIM VEMB VGETATTR VINFO VISMEMBER VLINKS
    VRANDMEMBER VREM VSETATTR VSIM WAIT WAITAOF WATCH XACK XACKDEL XADD XAUTOCLAIM XCLAIM XDEL XDELEX
    XGROUP XINFO XLEN XPENDING XRANGE XREAD XREADGROUP XREVRANGE XSETID XTRIM ZADD ZCARD ZCOUNT ZDIFF
    ZDIFFSTORE ZINCRBY ZINTER ZINTERCARD ZINTERSTORE ZLEXCOUNT ZMPOP ZMSCORE ZPOPMAX ZPOPMIN
    ZRANDMEMBER ZRANGE ZRANGEBYLEX ZRANGEBYSCORE ZRANGESTORE ZRANK ZREM ZREMRANGEBYLEX ZREMRANGEBYRANK
    ZREMRANGEBYSCORE ZREVRANGE ZREVRANGEBYLEX ZREVRANGEBYSCORE ZREVRANK ZSCAN ZSCORE ZUNION ZUNIONSTORE";

#[cfg(test)]
mod tests {
    use redis::{Pipeline, cmd};

    use super::{KNOWN, NAME_BYTES_MAX, Operation, name_of};

    #[test]
    fn only_known_names_are_shown() {
        for (sent, shown) in [
            ("GET", "GET"),
            ("get", "GET"),
            ("json.get", "JSON.GET"),
            ("anna@example.com", "_OTHER"),
            ("GET anna", "_OTHER"),
            ("", "_OTHER"),
            ("GÄT", "_OTHER"),
            ("A-NAME-LONGER-THAN-ANY-COMMAND", "_OTHER"),
        ] {
            assert_eq!(name_of(&cmd(sent)), shown, "{sent}");
        }
        assert!(KNOWN.iter().all(|name| name.len() <= NAME_BYTES_MAX));
    }

    #[test]
    fn pipelines_are_named_after_what_is_alike_in_them() {
        for (atomic, sent, name, batch) in [
            (false, &["GET", "get"][..], "PIPELINE GET", Some(2)),
            (false, &["GET", "SET"], "PIPELINE", Some(2)),
            (false, &["GET"], "GET", None),
            (false, &["x", "x"], "PIPELINE", Some(2)),
            (true, &["SET", "SET", "SET"], "MULTI SET", Some(3)),
            (true, &["SET", "DEL"], "MULTI", Some(2)),
            (true, &["SET"], "MULTI SET", None),
            (false, &[], "PIPELINE", None),
        ] {
            let mut pipeline = Pipeline::new();
            if atomic {
                pipeline.atomic();
            }
            for name in sent {
                pipeline.cmd(name);
            }
            let operation = Operation::of_pipeline(&pipeline);
            assert_eq!((operation.name.as_ref(), operation.batch), (name, batch));
        }
    }
}
