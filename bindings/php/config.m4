dnl The extension stands on libizly, which pkg-config finds. Build with: phpize && ./configure && make

PHP_ARG_WITH([izly],
  [for Izly support],
  [AS_HELP_STRING([--with-izly], [Include Izly support, over libizly])])

PHP_ARG_ENABLE([izly-dev],
  [whether warnings are errors],
  [AS_HELP_STRING([--enable-izly-dev], [Treat the compiler's warnings as errors])],
  [no],
  [no])

if test "$PHP_IZLY" != "no"; then
  AC_PATH_PROG([PKG_CONFIG], [pkg-config], [no])
  if test "$PKG_CONFIG" = "no"; then
    AC_MSG_ERROR([pkg-config is missing: apt install pkg-config])
  fi
  dnl Before 1.0 a minor version may break, so only the same one will do.
  if $PKG_CONFIG --exists "izly >= 0.1.0" && $PKG_CONFIG --exists "izly < 0.2.0"; then
    IZLY_CFLAGS=`$PKG_CONFIG --cflags izly`
    IZLY_LIBS=`$PKG_CONFIG --libs izly`
  else
    AC_MSG_ERROR([libizly 0.1 is not found by pkg-config. Install it (cargo xtask dist c --prefix /usr/local, then ldconfig), or set PKG_CONFIG_PATH to the folder of izly.pc])
  fi

  AC_CHECK_SIZEOF([long])
  if test "$ac_cv_sizeof_long" -lt 8; then
    AC_MSG_ERROR([operation ids have 64 bits, and an int of this PHP has not])
  fi

  PHP_EVAL_INCLINE([$IZLY_CFLAGS])
  PHP_EVAL_LIBLINE([$IZLY_LIBS], [IZLY_SHARED_LIBADD])
  PHP_SUBST([IZLY_SHARED_LIBADD])

  IZLY_FLAGS="-std=gnu11 -Wall -Wextra -Wno-unused-parameter -fvisibility=hidden -I@ext_srcdir@ -I@ext_srcdir@/src -DZEND_ENABLE_STATIC_TSRMLS_CACHE=1"
  if test "$PHP_IZLY_DEV" = "yes"; then
    IZLY_FLAGS="$IZLY_FLAGS -Werror"
  fi
  PHP_NEW_EXTENSION([izly],
    [src/izly.c src/client.c src/settings.c src/connections.c src/values.c src/loops.c src/shapes.c src/given.c src/callback.c src/exceptions.c],
    [$ext_shared],,
    [$IZLY_FLAGS])
  PHP_ADD_BUILD_DIR([$ext_builddir/src])
  PHP_ADD_EXTENSION_DEP([izly], [spl])
  PHP_ADD_EXTENSION_DEP([izly], [hash])
fi
