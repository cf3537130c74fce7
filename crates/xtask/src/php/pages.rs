//! Pages for benchmarks under php-fpm: with connections that outlive a request, and without.

use std::path::{Path, PathBuf};

use super::servers::{self, Plan, Servers};
use super::{build, copy, site};
use crate::chore::{free_port, root};

/// The extension, built below `folder` from the libizly in `prefix`.
pub(crate) fn module(folder: &Path, prefix: &Path) -> Result<PathBuf, String> {
    build::extension(folder, prefix)
}

/// A running php-fpm behind nginx; ended on drop.
pub(crate) struct Pages {
    pub(crate) url: String,
    _servers: Servers,
}

/// The order of the benchmarks' callback.
const ORDER: &str = "INSERT INTO orders (id, amount_cents) VALUES ('order-42', 150)";

/// Serves the pages of the benchmarks and the example site, from a folder that everybody may read.
pub(crate) fn serve(
    folder: &Path,
    module: &Path,
    is_persistent: bool,
    mut environment: Vec<(&'static str, String)>,
) -> Result<Pages, String> {
    site::set_up(folder)?;
    copy(&root().join("benchmarks/php/fpm"), &folder.join("site/public"))?;
    site::open(folder, module, Some(ORDER))?;
    let port = free_port()?;
    let url = format!("http://127.0.0.1:{port}");
    environment.extend(site::environment(folder, &url));
    let setting = format!("izly.persistent={}", u8::from(is_persistent));
    let plan = Plan { folder, module, port, environment, settings: &[&setting], max_requests: 0 };
    let servers = servers::fpm(&plan)?;
    Ok(Pages { url, _servers: servers })
}
