//! What the tests need on the machine: found, installed, or asked for by its exact command.

use crate::chore::{Result, is_root, program, step, succeeds};

/// Something a test needs.
struct Tool {
    /// What it is, for people.
    name: &'static str,
    /// A command that succeeds where it is there.
    check: &'static str,
    install: Install,
}

enum Install {
    /// A component of the Rust toolchain.
    Rustup(&'static str),
    /// A Debian package.
    Debian(&'static str),
}

const fn rustup(name: &'static str, check: &'static str, component: &'static str) -> Tool {
    Tool { name, check, install: Install::Rustup(component) }
}

const fn debian(name: &'static str, check: &'static str, packages: &'static str) -> Tool {
    Tool { name, check, install: Install::Debian(packages) }
}

const TOOLS: [Tool; 24] = [
    rustup("rustfmt", "cargo fmt --version", "rustfmt"),
    rustup("clippy", "cargo clippy --version", "clippy"),
    debian("a C compiler", "gcc --version", "gcc libc6-dev"),
    debian("a C++ compiler", "g++ --version", "g++"),
    debian("Python's venv", "python3 -m ensurepip --version", "python3 python3-venv"),
    debian("PostgreSQL", "pg_lsclusters", "postgresql"),
    debian("valgrind", "valgrind --version", "valgrind"),
    debian("make", "make --version", "make"),
    debian("CMake", "cmake --version", "cmake"),
    debian("pkg-config", "pkg-config --version", "pkg-config"),
    debian("OpenSSL's headers", "pkg-config --exists openssl", "libssl-dev"),
    debian("jansson", "pkg-config --exists jansson", "libjansson-dev"),
    debian("libmicrohttpd", "pkg-config --exists libmicrohttpd", "libmicrohttpd-dev"),
    debian("PHP", "php --version", "php-cli"),
    debian("PHP's headers", "phpize --version", "php-dev"),
    debian(
        "PHP-Parser, for the generator of declarations",
        "test -f /usr/share/php/PhpParser/autoload.php",
        "php-parser",
    ),
    debian("SQLite for PHP", "php -r exit((int)!extension_loaded('pdo_sqlite'));", "php-sqlite3"),
    debian("php-fpm", "sh -c ls\t/usr/sbin/php-fpm8*", "php-fpm"),
    debian("nginx", "test -x /usr/sbin/nginx", "nginx-light"),
    debian("Apache with PHP", "sh -c ls\t/usr/lib/apache2/modules/libphp8*", "apache2 libapache2-mod-php"),
    debian("Chromium", "test -x /usr/bin/chromium", "chromium"),
    debian("Chromium's engine alone", "test -x /usr/bin/chromium-headless-shell", "chromium-headless-shell"),
    debian(
        "letters for Chromium",
        "sh -c ls\t/usr/share/fonts/truetype/liberation*\t/usr/share/fonts/truetype/dejavu",
        "fonts-liberation fonts-dejavu-core",
    ),
    debian("Java, for the Nu Html Checker", "java -version", "default-jre-headless"),
];

/// What benchmarks need beside them: what izly is compared with.
const PEERS: [Tool; 3] = [
    debian("libcurl's headers", "pkg-config --exists libcurl", "libcurl4-openssl-dev"),
    debian("libcurl for PHP", "php -r exit((int)!extension_loaded('curl'));", "php-curl"),
    debian("wrk", "sh -c command\t-v\twrk", "wrk"),
];

/// Sees to it that every tool of the benchmarks is there.
pub(crate) fn ensure_for_benchmarks() -> Result {
    provide(TOOLS.iter().chain(&PEERS))
}

/// Sees to it that every tool is there.
pub(crate) fn ensure() -> Result {
    provide(TOOLS.iter())
}

/// Installs what is missing of these: all of Debian's at one go, since each go takes its time.
fn provide<'t>(tools: impl Iterator<Item = &'t Tool>) -> Result {
    let missing: Vec<&Tool> = tools.filter(|tool| !succeeds(tool.check)).collect();
    let components = listed(&missing, |tool| if let Install::Rustup(name) = tool.install { Some(name) } else { None });
    let packages = listed(&missing, |tool| if let Install::Debian(names) = tool.install { Some(names) } else { None });
    let mut left = Vec::new();
    if !components.is_empty() {
        let command = format!("rustup component add {components}");
        if succeeds("rustup --version") {
            step("installing components of Rust", &mut program(&command))?;
        } else {
            left.push(command);
        }
    }
    if !packages.is_empty() {
        let command = format!("apt-get install --yes --no-install-recommends {packages}");
        // Only root may, and only where there is apt; a person decides about sudo.
        if is_root() && succeeds("apt-get --version") {
            step("refreshing the list of Debian packages", &mut program("apt-get update --quiet"))?;
            step("installing Debian packages", program(&command).env("DEBIAN_FRONTEND", "noninteractive"))?;
        } else {
            left.push(format!("sudo {command}"));
        }
    }
    if !left.is_empty() {
        return Err(format!(
            "the tests need more than there is here. Install it with:\n\n    {}\n",
            left.join("\n    ")
        ));
    }
    match missing.iter().find(|tool| !succeeds(tool.check)) {
        None => Ok(()),
        Some(tool) => Err(format!("{} is still missing after the installation", tool.name)),
    }
}

/// What some tools are called where they come from, in one line.
fn listed(tools: &[&Tool], name: impl Fn(&Tool) -> Option<&'static str>) -> String {
    tools.iter().filter_map(|tool| name(tool)).collect::<Vec<_>>().join(" ")
}
