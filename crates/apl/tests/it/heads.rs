//! The heads of the files of functions, aggregations and operators are their pages in `docs/apl/`; here their
//! examples are run, and what they say of how a call is written is compared with what a diagnostic says.
//!
//! A head is a title (the name, and others that mean the same), sentences, a block with how it is written, and
//! blocks of examples: lines `expression -> value`, or a query and, if it is told, its answer as a table.

use crate::{compile, render};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[derive(Debug)]
struct Head {
    path: PathBuf,
    names: Vec<String>,
    usage: String,
    examples: Vec<Example>,
}

#[derive(Debug)]
struct Example {
    /// What is in the block.
    text: String,
    /// The table after it, a line for each row.
    table: Vec<String>,
}

#[tokio::test]
async fn examples_give_what_they_say() {
    let mut failures = String::new();
    let (mut heads, mut examples) = (0, 0);
    for head in all() {
        heads += 1;
        assert!(!head.examples.is_empty(), "no example in {:?}", head.path);
        for example in &head.examples {
            for (query, expected, found) in run(example).await {
                examples += 1;
                if expected != found {
                    let name = &head.names[0];
                    writeln!(
                        failures,
                        "{name}: {query}\n  expected {expected}\n  found    {found}"
                    )
                    .unwrap();
                }
            }
        }
    }
    assert!(
        heads > 150 && examples > heads,
        "{heads} heads, {examples} examples"
    );
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn heads_write_calls_as_diagnostics_do() {
    let arguments = vec!["null"; 1100].join(", ");
    for (folder, stage) in [("functions", "extend x ="), ("aggregations", "summarize")] {
        for head in all().filter(|head| head.path.iter().any(|part| part == folder)) {
            for name in &head.names {
                let query = format!("| {stage} {name}({arguments})");
                let refused = compile(&query).unwrap_err();
                let whole = head.usage.replace('\n', " or ");
                let mut written = head.usage.lines().chain([whole.as_str()]);
                let is_told =
                    |usage: &str| refused.contains(&format!("expected {usage}, found 1100"));
                assert!(written.any(is_told), "{name}: {refused}");
            }
        }
    }
}

/// Every function with arguments of every kind, few of which it is made for: it is refused, or answers.
#[tokio::test]
async fn functions_survive_any_arguments() {
    let values = [
        "name",
        "kind",
        "duration",
        "_time",
        "error",
        "['http.status_code']",
        "events",
        "['attributes.custom']",
        "null",
        "''",
        "'ä/b c'",
        "'10.1.2.3/8'",
        "'year'",
        "'[a-z]+'",
        "0",
        "-1",
        "3",
        "9223372036854775807",
        "1.5",
        "-1e300",
        "true",
        "1ms",
        "now()",
        "dynamic([1, 'a', null, 2.5])",
        "dynamic({'a': 1, 'b': [2]})",
        "dynamic([])",
        "split(name, ' ')",
        "parse_json('[1, {\"x\": 2}]')",
        "bag_pack(kind, name)",
        "parse_json(name)",
    ];
    // A fixed generator: the same calls at every run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let mut good = Vec::new();
    for name in names("functions") {
        for _ in 0..40 {
            let count = next(5);
            let arguments: Vec<&str> = (0..count).map(|_| values[next(values.len())]).collect();
            let call = format!("{name}({})", arguments.join(", "));
            if compile(&format!("| project x = {call}")).is_ok() {
                good.push(call);
            }
        }
    }
    assert!(good.len() > 500, "{} calls are good", good.len());
    for calls in good.chunks(10) {
        let items: Vec<String> = calls
            .iter()
            .enumerate()
            .map(|(n, call)| format!("x{n} = {call}"))
            .collect();
        let plan = compile(&format!("| project {}", items.join(", "))).unwrap();
        if let Err(failure) = render::try_rows(&plan).await {
            assert!(failure.contains(" MiB"), "{calls:?}: {failure}");
        }
    }
}

/// The names in the heads of one folder's files.
pub(crate) fn names(folder: &str) -> Vec<String> {
    let of_folder = all().filter(|head| head.path.iter().any(|part| part == folder));
    of_folder.flat_map(|head| head.names).collect()
}

/// The queries of an example, with what must and what does come out.
async fn run(example: &Example) -> Vec<(String, String, String)> {
    let text = &example.text;
    let lines: Vec<(&str, &str)> = text
        .lines()
        .filter_map(|line| line.split_once(" -> "))
        .collect();
    if lines.is_empty() {
        let found = match compile(text) {
            Ok(plan) => table(&render::plan(&plan, false).await),
            Err(refused) => vec![refused],
        };
        let expected = match example.table.is_empty() {
            true => found.clone(),
            false => example.table.clone(),
        };
        return vec![(text.clone(), expected.join("\n"), found.join("\n"))];
    }
    let mut done = Vec::new();
    for (expression, expected) in lines {
        let found = match compile(&format!("traces | take 1 | project x = {expression}")) {
            Ok(plan) => render::row(&plan).await.remove(0),
            Err(refused) => refused,
        };
        done.push((expression.to_owned(), expected.to_owned(), found));
    }
    done
}

/// The lines of an answer as those of a table, without the kinds.
fn table(answer: &str) -> Vec<String> {
    let mut lines = answer.trim_end().lines();
    let name = |field: &str| {
        field
            .rsplit_once(':')
            .map_or("", |parts| parts.0)
            .to_owned()
    };
    let names: Vec<String> = lines.next().unwrap_or("").split(" | ").map(name).collect();
    let mut table = vec![
        format!("| {} |", names.join(" | ")),
        format!("|{}", "---|".repeat(names.len())),
    ];
    table.extend(lines.map(|line| format!("| {line} |")));
    table
}

fn all() -> impl Iterator<Item = Head> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    ["functions", "aggregations", "operators"]
        .into_iter()
        .flat_map(move |folder| files(&source.join(folder)))
        .filter_map(read)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found.sort();
    found
}

/// `None` of a file that is no function, aggregation or operator.
fn read(path: PathBuf) -> Option<Head> {
    let text = std::fs::read_to_string(&path).unwrap();
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    let head: Vec<&str> = lines
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let names = head.first()?.strip_prefix("# ")?;
    let head = head.join("\n");
    let mut blocks = head.split("```apl\n").skip(1).map(|block| {
        let (text, after) = block.split_once("```").expect("a block that ends");
        let after = after.trim_start().lines();
        Example {
            text: text.trim_end().to_owned(),
            table: after
                .take_while(|line| line.starts_with('|'))
                .map(str::to_owned)
                .collect(),
        }
    });
    Some(Head {
        names: names.split(", ").map(str::to_owned).collect(),
        usage: blocks.next().expect("how it is written").text,
        examples: blocks.collect(),
        path,
    })
}
