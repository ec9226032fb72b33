# shellcheck shell=bash
# Shared by the scripts of this folder, which source it first: places, messages, the simulator.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

target=${CARGO_TARGET_DIR:-$root/target}
[[ $target == /* ]] || target=$root/$target
# shellcheck disable=SC2034 # used where this file is sourced
driver=$target/release/libexchange_odbc.so
simulator=$target/release/graph-simulator

# For Windows: Debian's compiler and the sources of its standard library.
windows_rustc=/usr/bin/rustc
# shellcheck disable=SC2034
rust_sources=/usr/lib/rustlib/src/rust/library
# What is made once for a machine and outlives a clone.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/exchange-odbc
# The root folder of Wine, with Windows' drive in its folder pfx. It runs programs of 64 and of 32 bits.
# shellcheck disable=SC2034
wine=$cache/wine-wow64
# Where libraries for Windows are built. CI keeps the compiled engine outside of its clone.
# shellcheck disable=SC2034
windows_folder=${WINDOWS_TARGET_DIR:-$target/windows}

# Rust's name for Windows on an architecture, x64 or x86.
windows_target() {
    case $1 in
    x64) echo x86_64-pc-windows-gnu ;;
    x86) echo i686-pc-windows-gnu ;;
    *) fail "there is no architecture '$1': use x64 or x86" ;;
    esac
}

# The prefix of the names of its compiler and linker.
windows_tools() {
    case $1 in
    x64) echo x86_64-w64-mingw32 ;;
    x86) echo i686-w64-mingw32 ;;
    *) fail "there is no architecture '$1': use x64 or x86" ;;
    esac
}

# The folder with the compiler's standard libraries for Windows. Another version of the compiler cannot use it.
windows_toolchain() {
    printf '%s/windows/rust-%s\n' "$cache" "$("$windows_rustc" --version | cut -d' ' -f2,3 | tr -d '()' | tr ' ' -)"
}

# Ends the script with a message for the user.
fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# Progress messages, for the user and not for programs that read the output.
note() {
    printf '%s\n' "$*" >&2
}

need_cargo() {
    command -v cargo >/dev/null ||
        fail 'cargo was not found: install a Rust toolchain, version 1.94 or newer (rustup is the usual way)'
}

# Builds the driver and the simulator with the features that the tests use as well, so that the SQL
# engine is compiled once.
build() {
    need_cargo
    local -a quiet=()
    [[ -t 2 ]] || quiet=(--quiet)
    [[ -e $driver ]] ||
        note 'Building the driver. Its SQL engine takes about 20 minutes of processor time, once.'
    cargo build --release --workspace --locked "${quiet[@]}"
}

# Starts the simulator with the sample mailbox on a free port, its log in a folder, and sets
# `connection_string` accordingly. It ends with `stop_simulator`, or with the script at the latest,
# because then the other end of the pipe that it reads from is closed.
start_simulator() {
    local folder=$1 _
    # The output of an earlier simulator would be mistaken for this one's.
    rm -f "$folder/simulator.out"
    exec {simulator_pipe}> >(exec "$simulator" --sample --until-stdin-closes >"$folder/simulator.out" 2>"$folder/simulator.log")
    simulator_process=$!
    for _ in {1..300}; do
        if read -r _ connection_string 2>/dev/null <"$folder/simulator.out"; then
            return
        fi
        kill -0 "$simulator_process" 2>/dev/null || break
        sleep 0.1
    done
    fail "the Graph simulator did not start: $(tail -n 3 "$folder/simulator.log")"
}

stop_simulator() {
    [[ -n ${simulator_pipe:-} ]] || return 0
    exec {simulator_pipe}>&-
    simulator_pipe=
    wait "$simulator_process" 2>/dev/null || true
}

# Writes the files of a data source named Mailbox into a folder, with the keys of `connection_string`, and
# points unixODBC at these files and at no others.
write_data_source() {
    local folder=$1
    cat >"$folder/odbcinst.ini" <<INI
[Exchange]
Description = Microsoft 365 mailboxes
Driver = $driver
Threading = 0
INI
    {
        printf '[Mailbox]\nDriver = Exchange\n'
        tr ';' '\n' <<<"$connection_string" | sed -n '/^Driver=/d;s/={\(.*\)}$/=\1/;s/=/ = /p'
    } >"$folder/odbc.ini"
    export ODBCSYSINI=$folder ODBCINI=$folder/odbc.ini
    unset ODBCINSTINI
}
