//! The example site under three servers: bought at, logged in to, lied to, and reloaded under traffic.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::servers::{self, Plan, Servers};
use crate::chore::{Result, free_port, is_root, step};
use crate::php;
use crate::sandbox::Sandbox;

type Start = fn(&Plan<'_>) -> std::result::Result<Servers, String>;

const SERVERS: [(&str, Start); 3] =
    [("php -S", servers::built_in), ("php-fpm and nginx", servers::fpm), ("Apache", servers::apache)];

/// How often `drive.php` reloads a server.
const RELOADS: usize = 3;

pub(super) fn test(folder: &Path, module: &Path) -> Result {
    for (number, (name, start)) in SERVERS.iter().enumerate() {
        let own = folder.join(format!("server-{number}"));
        set_up(&own)?;
        let probe = php::sources().join("tests/site/probe.php");
        fs::copy(probe, own.join("site/public/probe.php")).map_err(|error| error.to_string())?;
        open(&own, module, None)?;
        under(name, *start, &own, folder, module)?;
    }
    Ok(())
}

/// The site, and a place for sessions.
pub(super) fn set_up(folder: &Path) -> Result {
    php::copy(&php::sources().join("examples/site"), &folder.join("site"))?;
    fs::create_dir_all(folder.join("sessions")).map_err(|error| error.to_string())
}

/// Gives the folder to a server without rights, and the site its database, with what this SQL puts into it.
pub(super) fn open(folder: &Path, module: &Path, sql: Option<&str>) -> Result {
    if is_root() {
        step("PHP: a folder for the server", Command::new("chown").args(["-R", "www-data:www-data"]).arg(folder))?;
    }
    let source = format!("'sqlite:{}'", database(folder).display());
    let shop = folder.join("site/src/Shop.php");
    let mut script = format!("require '{}'; (new Shop({source}))->install();", shop.display());
    script.extend(sql.map(|sql| format!(" (new PDO({source}))->exec(\"{sql}\");")));
    let mut command = servers::unprivileged("php");
    command.arg("-d").arg(format!("extension={}", module.display())).args(["-r", &script]);
    step("PHP: the site's database", &mut command)
}

/// What the site finds in its environment of itself.
pub(super) fn environment(folder: &Path, url: &str) -> [(&'static str, String); 2] {
    [("SITE_DATABASE", database(folder).display().to_string()), ("SITE_URL", url.to_owned())]
}

fn database(folder: &Path) -> PathBuf {
    folder.join("shop.db")
}

fn under(name: &str, start: Start, own: &Path, folder: &Path, module: &Path) -> Result {
    let port = free_port()?;
    let site = format!("http://127.0.0.1:{port}");
    let sandbox = Sandbox::start(&["--callback-url", &format!("{site}/callback")])?;
    let plan = Plan {
        folder: own,
        module,
        port,
        environment: [("IZLY_API_KEY", sandbox.api_key.clone()), ("IZLY_ENVIRONMENT", sandbox.base_url.clone())]
            .into_iter()
            .chain(environment(own, &site))
            .collect(),
        settings: &[],
        max_requests: 50,
    };
    let servers = start(&plan)?;
    let mut command = php::interpreter(module);
    command.arg(folder.join("tests/site/drive.php")).arg(&site);
    command.args(servers.reload.iter().map(|(command, _)| command));
    command.env("IZLY_BASE_URL", &sandbox.base_url).env("IZLY_API_KEY", &sandbox.api_key);
    let result = step(&format!("PHP: the site under {name}"), &mut command);
    let logs = read(&servers);
    result
        .and_then(|()| crashes(&logs))
        .and_then(|()| tells_a_person(&logs))
        .and_then(|()| reloads(&servers, &logs))
        .map_err(|error| format!("{error}\nwhat the server wrote:\n{}", last_lines(&logs)))
}

fn read(servers: &Servers) -> String {
    servers.logs.iter().map(|log| fs::read_to_string(log).unwrap_or_default()).collect()
}

/// What went wrong is at the end.
fn last_lines(logs: &str) -> String {
    let lines: Vec<&str> = logs.lines().collect();
    lines[lines.len().saturating_sub(100)..].join("\n")
}

/// No worker died, whatever the pages said.
fn crashes(logs: &str) -> Result {
    for sign in ["signal 11", "SIGSEGV", "Segmentation fault", "SIGABRT", "signal 6", "PHP Fatal", "PHP Warning"] {
        if logs.contains(sign) {
            return Err(format!("a log says: {sign}"));
        }
    }
    Ok(())
}

/// Somebody has paid an order twice, which no program can put right.
fn tells_a_person(logs: &str) -> Result {
    let said = "is paid twice: refund operation";
    if logs.contains(said) { Ok(()) } else { Err(format!("no log says: {said}")) }
}

/// The reloads were more than signals sent: the servers say that they did it, each time.
fn reloads(servers: &Servers, logs: &str) -> Result {
    let Some((_, sign)) = &servers.reload else { return Ok(()) };
    match logs.matches(sign).count() {
        RELOADS => Ok(()),
        count => Err(format!("the log says \"{sign}\" {count} times, not {RELOADS}")),
    }
}
