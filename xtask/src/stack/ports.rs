//! Are the well-known ports free, and if not: who has them?

use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result, bail};

/// Where the store listens unless it is told otherwise, and for whom.
pub(crate) const DEFAULT: [(u16, &str); 3] = [
    (4321, "the console"),
    (4318, "OTLP over HTTP"),
    (4317, "OTLP over gRPC"),
];

/// An error that names the first of `ports` that is taken, who has it and what to do.
pub(crate) fn require_free(ports: &[(u16, &str)]) -> Result<()> {
    for (port, purpose) in ports {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, *port)) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                let holder = holder(*port).unwrap_or_else(|| "another program".to_owned());
                bail!(
                    "port {port} ({purpose}) is taken by {holder}: stop it, or let the system \
                     choose free ports with `cargo xtask demo --ports auto`"
                );
            }
            Err(error) => {
                return Err(error)
                    .with_context(|| format!("could not listen on port {port} ({purpose})"));
            }
        }
    }
    Ok(())
}

/// The program that listens on `port`, as far as Linux tells: its socket's inode in `/proc/net`, and
/// the process that has that inode open.
fn holder(port: u16) -> Option<String> {
    let inode = ["/proc/net/tcp", "/proc/net/tcp6"]
        .iter()
        .filter_map(|table| fs::read_to_string(table).ok())
        .find_map(|table| listening_inode(&table, port))?;
    let socket = format!("socket:[{inode}]");
    for process in fs::read_dir("/proc").ok()?.flatten() {
        let Ok(open) = fs::read_dir(process.path().join("fd")) else {
            continue;
        };
        let has = |file: fs::DirEntry| {
            fs::read_link(file.path()).is_ok_and(|to| to.as_os_str() == socket.as_str())
        };
        if open.flatten().any(has) {
            let name = fs::read_to_string(process.path().join("comm")).ok()?;
            let pid = process.file_name();
            return Some(format!(
                "`{}` (process {})",
                name.trim(),
                pid.to_string_lossy()
            ));
        }
    }
    None
}

/// One line of the table is `sl local_address rem_address st … inode`, addresses and states in
/// hexadecimal; state 0A is listening, the inode is the tenth column.
fn listening_inode(table: &str, port: u16) -> Option<String> {
    let suffix = format!(":{port:04X}");
    table.lines().skip(1).find_map(|line| {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let listens = columns.get(1)?.ends_with(&suffix) && *columns.get(3)? == "0A";
        listens.then(|| columns.get(9).map(|inode| (*inode).to_owned()))?
    })
}

#[cfg(test)]
mod tests {
    use super::{listening_inode, require_free};

    #[test]
    fn a_taken_port_is_named() {
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = require_free(&[(port, "the tests")])
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(&format!("port {port} (the tests) is taken by")),
            "{error}"
        );
        assert!(error.contains("--ports auto"), "{error}");
        drop(taken);
        require_free(&[(port, "the tests")]).unwrap();
    }

    #[test]
    fn the_listening_socket_is_found_in_the_kernels_table() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
                     0: 0100007F:10DE 0100007F:9999 01 0:0 0:0 0 0 0 77 1\n\
                     1: 0100007F:10DE 00000000:0000 0A 0:0 0:0 0 0 0 42 1\n";
        assert_eq!(listening_inode(table, 4318), Some("42".to_owned()));
        assert_eq!(listening_inode(table, 4317), None);
    }
}
