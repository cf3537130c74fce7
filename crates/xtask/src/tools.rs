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

const TOOLS: [Tool; 23] = [
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
    ensure()?;
    PEERS.iter().filter(|tool| !succeeds(tool.check)).try_for_each(install)
}

/// Sees to it that every tool is there.
pub(crate) fn ensure() -> Result {
    TOOLS.iter().filter(|tool| !succeeds(tool.check)).try_for_each(install)
}

fn install(tool: &Tool) -> Result {
    let command = match tool.install {
        Install::Rustup(component) => format!("rustup component add {component}"),
        Install::Debian(packages) => format!("apt-get install --yes --no-install-recommends {packages}"),
    };
    let may_install = match tool.install {
        Install::Rustup(_) => succeeds("rustup --version"),
        // Only root may, and only where there is apt; a person decides about sudo.
        Install::Debian(_) => succeeds("apt-get --version") && is_root(),
    };
    if !may_install {
        return Err(format!("{} is missing. Install it with:\n\n    sudo {command}\n", tool.name));
    }
    if matches!(tool.install, Install::Debian(_)) {
        step("refreshing the list of Debian packages", &mut program("apt-get update --quiet"))?;
    }
    let what = format!("installing {}", tool.name);
    step(&what, program(&command).env("DEBIAN_FRONTEND", "noninteractive"))?;
    if succeeds(tool.check) { Ok(()) } else { Err(format!("{} is still missing after: {command}", tool.name)) }
}
