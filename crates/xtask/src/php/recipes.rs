//! The server configurations of the READMEs: filled in as a reader does, and given to the servers, which say whether they
//! would start on them.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::servers;
use crate::chore::{Result, free_port, read};

/// As real keys are: base64, with its padding.
const KEY: &str = "UGFyaXMtNzgtNzgtNzgtNzg6czNjcmV0MQ==";

/// Both languages, three servers each.
pub(super) fn check(folder: &Path) -> Result {
    println!("\n== PHP: the READMEs' server configurations");
    for name in ["README.md", "README.fr.md"] {
        let text = read(&super::sources().join(name))?;
        let own = folder.join(format!("recipes-{name}"));
        super::copy(&super::sources().join("examples/site"), &own.join("boutique"))?;
        fpm(&own, &recipe(&text, "/etc/php/8.2/fpm/pool.d/boutique.conf", &own)?)
            .and_then(|()| nginx(&own, &recipe(&text, "/etc/nginx/sites-available/boutique", &own)?))
            .and_then(|()| apache(&own, &recipe(&text, "/etc/apache2/sites-available/boutique.conf", &own)?))
            .map_err(|error| format!("bindings/php/{name}: {error}"))?;
    }
    println!("6 configurations");
    Ok(())
}

/// What the README has its reader write to a file, with a key, and with places and ports that need no root.
fn recipe(text: &str, file: &str, own: &Path) -> std::result::Result<String, String> {
    let begin = format!("sudo tee {file} <<'END'\n");
    let block = text.split(&begin).nth(1).and_then(|rest| rest.split("\nEND\n").next());
    let block = block.ok_or_else(|| format!("it has nothing for {file}"))?;
    let port = free_port()?;
    Ok(block
        .replace("YOUR KEY", KEY)
        .replace("/run/php", &own.display().to_string())
        .replace("/var/www", &own.display().to_string())
        .replace("listen 80;", &format!("listen 127.0.0.1:{port};"))
        .replace("*:80", &format!("127.0.0.1:{port}")))
}

fn fpm(own: &Path, pool: &str) -> Result {
    let place = own.join("fpm.conf");
    servers::write(&place, &format!("[global]\nerror_log = /proc/self/fd/2\n{pool}\n"))?;
    let mut command = Command::new(format!("php-fpm{}", servers::version()?));
    let said = say(command.args(["-n", "-tt", "--fpm-config"]).arg(&place))?;
    // What each worker would be given, whole.
    for setting in [format!("env[IZLY_API_KEY] = {KEY}"), "env[SITE_URL] = https://boutique.example".to_owned()] {
        if !said.contains(&setting) {
            return Err(format!("php-fpm does not read `{setting}` in {pool}\n{said}"));
        }
    }
    Ok(())
}

fn nginx(own: &Path, server: &str) -> Result {
    let place = own.join("nginx.conf");
    // It looks for what is included beside its own file.
    fs::copy("/etc/nginx/fastcgi_params", own.join("fastcgi_params")).map_err(|error| error.to_string())?;
    let (folder, log) = (own.display(), own.join("nginx.log"));
    servers::write(&place, &format!("pid {folder}/nginx.pid;\nevents {{}}\nhttp {{\n{server}\n}}\n"))?;
    say(Command::new("/usr/sbin/nginx").arg("-t").arg("-p").arg(own).arg("-e").arg(log).arg("-c").arg(&place)).map(drop)
}

fn apache(own: &Path, host: &str) -> Result {
    let place = own.join("apache.conf");
    let modules = servers::apache_modules()?;
    let folder = own.display();
    let text =
        format!("ServerRoot {folder}\nErrorLog {folder}/apache.log\nDefaultRuntimeDir {folder}\n{modules}{host}\n");
    servers::write(&place, &text)?;
    let said = say(Command::new("/usr/sbin/apache2").arg("-t").arg("-f").arg(&place))?;
    // A folder that is not there is only a warning to Apache.
    if said.contains("does not exist") { Err(said) } else { Ok(()) }
}

/// What a server says of its configuration; an error if it would not start on it.
fn say(command: &mut Command) -> std::result::Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(said) } else { Err(format!("{command:?}: {said}")) }
}
