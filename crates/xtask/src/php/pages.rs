//! Pages for benchmarks under php-fpm: with connections that outlive a request, and without.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::servers::{self, Plan, Servers};
use super::{build, copy};
use crate::chore::{Result, free_port, is_root, root, step};

/// The extension, built below `folder` from the libizly in `prefix`.
pub(crate) fn module(folder: &Path, prefix: &Path) -> std::result::Result<PathBuf, String> {
    build::extension(folder, prefix)
}

/// A running php-fpm behind nginx; ended on drop.
pub(crate) struct Pages {
    pub(crate) url: String,
    _servers: Servers,
}

/// Serves the pages of the benchmarks, from a folder that everybody may read.
pub(crate) fn serve(
    folder: &Path,
    module: &Path,
    is_persistent: bool,
    environment: Vec<(&'static str, String)>,
) -> std::result::Result<Pages, String> {
    copy(&root().join("benchmarks/php/fpm"), &folder.join("site/public"))?;
    fs::create_dir_all(folder.join("sessions")).map_err(|error| error.to_string())?;
    give_away(folder)?;
    let port = free_port()?;
    let setting = format!("izly.persistent={}", u8::from(is_persistent));
    let plan = Plan { folder, module, port, environment, settings: &[&setting], max_requests: 0 };
    let servers = servers::fpm(&plan)?;
    Ok(Pages { url: format!("http://127.0.0.1:{port}"), _servers: servers })
}

/// php-fpm and nginx give up root's rights.
fn give_away(folder: &Path) -> Result {
    if !is_root() {
        return Ok(());
    }
    step("PHP: a folder for the server", Command::new("chown").args(["-R", "www-data:www-data"]).arg(folder))
}
