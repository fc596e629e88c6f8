//! Turns `THROUGHLINE_PLANTED=1` at build time into `cfg(planted)`: see `src/planted.rs`.

fn main() {
    println!("cargo:rerun-if-env-changed=THROUGHLINE_PLANTED");
    println!("cargo:rustc-check-cfg=cfg(planted)");
    if std::env::var_os("THROUGHLINE_PLANTED").is_some_and(|wanted| wanted == "1") {
        println!("cargo:rustc-cfg=planted");
    }
}
