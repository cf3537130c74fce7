//! Web servers for the example site, each with a configuration of its own in a folder of its own: nothing of the machine's
//! is touched, and nobody needs root.

use std::fs;
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::chore::{Result, is_root, succeeds};

/// How many requests each server works on at once: the ten duplicates, the real callback, and a page.
const WORKERS: usize = 12;

/// What a server serves.
pub(super) struct Plan<'a> {
    /// A folder that the server's user owns.
    pub(super) folder: &'a Path,
    pub(super) module: &'a Path,
    pub(super) port: u16,
    /// What the site finds in its environment.
    pub(super) environment: Vec<(&'static str, String)>,
    /// Settings of PHP's, as `name=value`, for php-fpm.
    pub(super) settings: &'a [&'a str],
    /// After how many requests php-fpm replaces a worker; after none with 0.
    pub(super) max_requests: u32,
}

/// Running servers, ended on drop, children and all.
pub(super) struct Servers {
    processes: Vec<Child>,
    /// A command that reloads them while they serve, if they can, and what their log says of it.
    pub(super) reload: Option<(String, &'static str)>,
    /// What they write when something is wrong.
    pub(super) logs: Vec<PathBuf>,
}

impl Servers {
    fn add(&mut self, command: &mut Command) -> std::result::Result<u32, String> {
        // A group of its own: workers outlive a killed parent otherwise.
        let child = command.process_group(0).spawn().map_err(|error| format!("{command:?}: {error}"))?;
        let process = child.id();
        self.processes.push(child);
        Ok(process)
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        for child in &mut self.processes {
            let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", child.id())]).status();
            let _ = child.wait();
        }
    }
}

/// A program as a user without rights: Apache and FPM refuse to serve as root.
pub(super) fn unprivileged(program: &str) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=www-data", "--regid=www-data", "--clear-groups", "--"]).arg(program);
    command
}

/// PHP's own server, with workers: with one, a callback that arrives during a request would wait for that request.
pub(super) fn built_in(plan: &Plan<'_>) -> std::result::Result<Servers, String> {
    let log = plan.folder.join("php.log");
    let mut servers = Servers { processes: Vec::new(), reload: None, logs: vec![log.clone()] };
    let mut command = unprivileged("php");
    command.args(["-n", "-d"]).arg(format!("extension={}", plan.module.display()));
    for extension in ["pdo", "pdo_sqlite", "session"] {
        if !succeeds(&format!("php -n -r exit((int)!extension_loaded('{extension}'));")) {
            command.args(["-d", &format!("extension={extension}")]);
        }
    }
    command.arg("-d").arg(format!("session.save_path={}", plan.folder.join("sessions").display()));
    command.args(["-S", &format!("127.0.0.1:{}", plan.port), "-t"]).arg(plan.folder.join("site/public"));
    command.env("PHP_CLI_SERVER_WORKERS", WORKERS.to_string()).envs(plan.environment.clone());
    command.stderr(create(&log)?).stdout(std::process::Stdio::null());
    servers.add(&mut command)?;
    wait_for(plan.port)?;
    Ok(servers)
}

/// The environment as a server's configuration has it.
fn in_lines(plan: &Plan<'_>, line: impl Fn(&str, &str) -> String) -> String {
    plan.environment.iter().map(|(name, value)| line(name, value)).collect::<Vec<_>>().concat()
}

/// php-fpm behind nginx. FPM takes its time to end its workers: requests that they work on are finished.
pub(super) fn fpm(plan: &Plan<'_>) -> std::result::Result<Servers, String> {
    let (folder, max_requests) = (plan.folder.display(), plan.max_requests);
    let environment = in_lines(plan, |name, value| format!("env[{name}] = \"{value}\"\n"));
    let pool = format!(
        "[global]\nerror_log = {folder}/fpm.log\nprocess_control_timeout = 20s\n\
         [site]\nlisten = {folder}/fpm.sock\npm = static\npm.max_children = {WORKERS}\n\
         pm.max_requests = {max_requests}\ncatch_workers_output = yes\n{environment}\
         php_admin_value[session.save_path] = {folder}/sessions\n"
    );
    let log = plan.folder.join("fpm.log");
    write(&plan.folder.join("fpm.conf"), &pool)?;
    write(&plan.folder.join("nginx.conf"), &nginx(plan))?;
    let mut servers =
        Servers { processes: Vec::new(), reload: None, logs: vec![log.clone(), plan.folder.join("nginx.log")] };
    let mut command = unprivileged(&format!("php-fpm{}", version()?));
    command.args(["--nodaemonize", "--fpm-config"]).arg(plan.folder.join("fpm.conf"));
    let extension = format!("extension={}", plan.module.display());
    command.args(["-d", &extension]).stderr(create(&plan.folder.join("fpm.stderr"))?);
    command.args(plan.settings.iter().flat_map(|setting| ["-d", setting]));
    let fpm = servers.add(&mut command)?;
    let socket = plan.folder.join("fpm.sock");
    wait_until("php-fpm listens", || UnixStream::connect(&socket).is_ok())?;
    let mut command = unprivileged("/usr/sbin/nginx");
    command.arg("-p").arg(plan.folder).arg("-e").arg(plan.folder.join("nginx.log"));
    let nginx = servers.add(command.arg("-c").arg(plan.folder.join("nginx.conf")))?;
    servers.reload = Some((format!("kill -USR2 {fpm} && kill -HUP {nginx}"), "Reloading in progress"));
    wait_for(plan.port)?;
    Ok(servers)
}

fn nginx(plan: &Plan<'_>) -> String {
    let (folder, port) = (plan.folder.display(), plan.port);
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("  {name}_temp_path {folder}/nginx-{name};\n"))
        .concat();
    format!(
        "daemon off;\npid {folder}/nginx.pid;\nworker_processes 2;\nevents {{ worker_connections 256; }}\n\
         http {{\n  access_log off;\n{temporary}\
         \x20 server {{\n    listen 127.0.0.1:{port};\n    root {folder}/site/public;\n\
         \x20   location ~ ^/\\w+\\.php$ {{ include /etc/nginx/fastcgi_params; fastcgi_pass unix:{folder}/fpm.sock;\n\
         \x20     fastcgi_param SCRIPT_FILENAME {folder}/site/public$fastcgi_script_name; }}\n\
         \x20   location / {{ include /etc/nginx/fastcgi_params; fastcgi_pass unix:{folder}/fpm.sock;\n\
         \x20     fastcgi_param SCRIPT_FILENAME {folder}/site/public/index.php; }}\n  }}\n}}\n"
    )
}

/// Apache with `mod_php`, which needs the prefork server.
pub(super) fn apache(plan: &Plan<'_>) -> std::result::Result<Servers, String> {
    let (folder, port, module) = (plan.folder.display(), plan.port, plan.module.display());
    let environment = in_lines(plan, |name, value| format!("SetEnv {name} \"{value}\"\n"));
    let ini = plan.folder.join("apache-php");
    let modules = apache_modules()?;
    let configuration = format!(
        "ServerRoot {folder}\nServerName site.example\nListen 127.0.0.1:{port}\nPidFile {folder}/apache.pid\n\
         ErrorLog {folder}/apache.log\nDefaultRuntimeDir {folder}\nMutex file:{folder}\nTypesConfig /etc/mime.types\n\
         {modules}StartServers 4\nMinSpareServers 2\nMaxSpareServers 12\nMaxRequestWorkers {WORKERS}\n\
         MaxConnectionsPerChild 50\nGracefulShutdownTimeout 20\n{environment}\
         DocumentRoot {folder}/site/public\n<FilesMatch \"\\.php$\">\n  SetHandler application/x-httpd-php\n</FilesMatch>\n\
         <Directory {folder}/site/public>\n  Require all granted\n  FallbackResource /index.php\n</Directory>\n\
         php_admin_value session.save_path {folder}/sessions\n"
    );
    write(&plan.folder.join("apache.conf"), &configuration)?;
    fs::create_dir_all(&ini).map_err(|error| error.to_string())?;
    write(&ini.join("izly.ini"), &format!("extension={module}\n"))?;
    let log = plan.folder.join("apache.log");
    let mut servers = Servers { processes: Vec::new(), reload: None, logs: vec![log] };
    let mut command = unprivileged("/usr/sbin/apache2");
    // The machine's own extensions first, then ours: an empty part means the folder that PHP was built with.
    command.env("PHP_INI_SCAN_DIR", format!(":{}", ini.display()));
    let process = servers.add(command.arg("-f").arg(plan.folder.join("apache.conf")).arg("-DFOREGROUND"))?;
    servers.reload = Some((format!("kill -USR1 {process}"), "Graceful restart"));
    wait_for(plan.port)?;
    Ok(servers)
}

/// What Apache needs for the site, PHP among it.
pub(super) fn apache_modules() -> std::result::Result<String, String> {
    let modules: String = ["mpm_prefork", "authz_core", "mime", "dir", "env"]
        .map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"))
        .concat();
    Ok(format!("{modules}LoadModule php_module /usr/lib/apache2/modules/libphp{}.so\n", version()?))
}

/// `8.2`: how Debian names the programs of its PHP.
pub(super) fn version() -> std::result::Result<String, String> {
    let text = super::config("--version")?;
    Ok(text.split('.').take(2).collect::<Vec<_>>().join("."))
}

fn create(path: &Path) -> std::result::Result<fs::File, String> {
    fs::File::create(path).map_err(|error| format!("{}: {error}", path.display()))
}

pub(super) fn write(path: &Path, text: &str) -> Result {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn wait_for(port: u16) -> Result {
    wait_until(&format!("somebody listens on port {port}"), || TcpStream::connect(("127.0.0.1", port)).is_ok())
}

fn wait_until(what: &str, is_so: impl Fn() -> bool) -> Result {
    let begins = Instant::now();
    while !is_so() {
        if begins.elapsed() > Duration::from_secs(30) {
            return Err(format!("30 seconds have passed, and it is not so that {what}"));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}
