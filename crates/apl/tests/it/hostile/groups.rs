//! Aggregations of twenty thousand groups, each with a text of its own: what takes the square of them is not done in
//! a day, nor in any memory.

use crate::{compile, render};

#[tokio::test]
async fn aggregations_of_many_groups() {
    let groups = "traces | take 1 | extend r = range(1, 20000) | mv-expand r | extend r = tolong(r)
        | extend k = strcat('group ', tostring(r)), t = strcat('some text that is long ', tostring(r))";
    // The aggregation, the letters that a row of it has, and those of all.
    for (aggregation, letters, sum) in [
        ("topk(t, 3)", "strlen(t)", 548_894),
        ("phrases(t, 3)", "strlen(t)", 368_894),
        ("arg_max(r, *)", "strlen(t)", 548_894),
        ("arg_min(r, t)", "strlen(t)", 548_894),
        ("a = arg_min(r, t)", "strlen(a)", 548_894),
        ("a = make_set(t)", "strlen(tostring(a[0]))", 548_894),
        ("a = make_list(t)", "strlen(tostring(a[0]))", 548_894),
        ("histogram(r, 10)", "strlen(tostring(r))", 88_894),
    ] {
        let query = format!("{groups} | summarize {aggregation} by k | summarize sum({letters})");
        let plan = compile(&query).unwrap_or_else(|refused| panic!("{query}: {refused}"));
        let found = render::plan(&plan, false).await;
        assert!(
            found.ends_with(&format!("\n{sum}\n")),
            "{aggregation}: {found}"
        );
    }
}
