//! What the tests need on the machine: found, installed, or asked for by its exact command.

use crate::chore::{Result, program, step, succeeds};

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

const TOOLS: [Tool; 23] = [
    Tool { name: "rustfmt", check: "cargo fmt --version", install: Install::Rustup("rustfmt") },
    Tool { name: "clippy", check: "cargo clippy --version", install: Install::Rustup("clippy") },
    Tool { name: "a C compiler", check: "gcc --version", install: Install::Debian("gcc libc6-dev") },
    Tool { name: "a C++ compiler", check: "g++ --version", install: Install::Debian("g++") },
    Tool {
        name: "Python's venv",
        check: "python3 -m ensurepip --version",
        install: Install::Debian("python3 python3-venv"),
    },
    Tool { name: "PostgreSQL", check: "pg_lsclusters", install: Install::Debian("postgresql") },
    Tool { name: "valgrind", check: "valgrind --version", install: Install::Debian("valgrind") },
    Tool { name: "make", check: "make --version", install: Install::Debian("make") },
    Tool { name: "CMake", check: "cmake --version", install: Install::Debian("cmake") },
    Tool { name: "pkg-config", check: "pkg-config --version", install: Install::Debian("pkg-config") },
    Tool { name: "OpenSSL's headers", check: "pkg-config --exists openssl", install: Install::Debian("libssl-dev") },
    Tool { name: "jansson", check: "pkg-config --exists jansson", install: Install::Debian("libjansson-dev") },
    Tool {
        name: "libmicrohttpd",
        check: "pkg-config --exists libmicrohttpd",
        install: Install::Debian("libmicrohttpd-dev"),
    },
    Tool { name: "PHP", check: "php --version", install: Install::Debian("php-cli") },
    Tool { name: "PHP's headers", check: "phpize --version", install: Install::Debian("php-dev") },
    Tool {
        name: "PHP-Parser, for the generator of declarations",
        check: "test -f /usr/share/php/PhpParser/autoload.php",
        install: Install::Debian("php-parser"),
    },
    Tool {
        name: "SQLite for PHP",
        check: "php -r exit((int)!extension_loaded('pdo_sqlite'));",
        install: Install::Debian("php-sqlite3"),
    },
    Tool { name: "php-fpm", check: "sh -c ls\t/usr/sbin/php-fpm8*", install: Install::Debian("php-fpm") },
    Tool { name: "nginx", check: "test -x /usr/sbin/nginx", install: Install::Debian("nginx-light") },
    Tool {
        name: "Apache with PHP",
        check: "sh -c ls\t/usr/lib/apache2/modules/libphp8*",
        install: Install::Debian("apache2 libapache2-mod-php"),
    },
    Tool { name: "Chromium", check: "test -x /usr/bin/chromium", install: Install::Debian("chromium") },
    Tool {
        name: "letters for Chromium",
        check: "sh -c ls\t/usr/share/fonts/truetype/liberation*\t/usr/share/fonts/truetype/dejavu",
        install: Install::Debian("fonts-liberation fonts-dejavu-core"),
    },
    Tool {
        name: "Java, for the Nu Html Checker",
        check: "java -version",
        install: Install::Debian("default-jre-headless"),
    },
];

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

fn is_root() -> bool {
    program("id -u").output().is_ok_and(|output| output.stdout == b"0\n")
}
