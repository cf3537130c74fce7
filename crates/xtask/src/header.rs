//! The C header: made from the crate it describes, and never edited.

use std::fs;
use std::path::PathBuf;

use crate::chore::{Result, read, root};

fn path() -> PathBuf {
    root().join("include/izly.h")
}

fn make() -> std::result::Result<String, String> {
    let folder = root().join("crates/izly-capi");
    let config = cbindgen::Config::from_file(folder.join("cbindgen.toml"))?;
    let bindings = cbindgen::Builder::new().with_crate(&folder).with_config(config).generate();
    let mut text = Vec::new();
    bindings.map_err(|error| error.to_string())?.write(&mut text);
    String::from_utf8(text).map_err(|error| error.to_string())
}

/// Writes the header.
pub(crate) fn write() -> Result {
    let text = make()?;
    fs::create_dir_all(root().join("include")).map_err(|error| error.to_string())?;
    fs::write(path(), text).map_err(|error| error.to_string())
}

/// Whether the header in the tree is the one that the crate gives.
pub(crate) fn check() -> Result {
    println!("\n== header");
    if read(&path())? == make()? {
        Ok(())
    } else {
        Err("include/izly.h has drifted: run `cargo xtask header`".to_owned())
    }
}
