#!/bin/sh
# Starts and stops an ejabberd and a PostgreSQL of their own, in one directory and on ports of their own: what else runs on
# this machine under those names is left alone.
#
#   peer.sh install                              from Debian, if something is missing; says so
#   peer.sh start DIR PORT SQL_PORT on|off       on: a message is on disk when it is acknowledged (synchronous_commit)
#   peer.sh stop DIR
set -eu

HERE=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
PACKAGES="ejabberd postgresql erlang-p1-pgsql"

postgres() {
    program=$1
    shift
    # shellcheck disable=SC2012 # one directory per version
    runuser -u postgres -- "$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)/$program" "$@"
}

# Debian's own ejabberdctl.cfg would put its ejabberd.yml in the place of ours.
ejabberd() {
    dir=$1
    shift
    ejabberdctl --ctl-config "$dir/ejabberdctl.cfg" --config "$dir/ejabberd.yml" --spool "$dir/spool" --logs "$dir/log" "$@"
}

# Waits so many seconds for started or stopped.
ejabberd_is() {
    timeout "$2" ejabberdctl --ctl-config "$1/ejabberdctl.cfg" --config "$1/ejabberd.yml" --spool "$1/spool" --logs "$1/log" \
        "$3"
}

install() {
    missing=
    for package in $PACKAGES; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -z "$missing" ] && return
    [ "$(id -u)" = 0 ] || { echo "missing:$missing; only root can install them" >&2; exit 1; }
    echo "installing from Debian:$missing"
    apt-get update -q >&2
    # shellcheck disable=SC2086 # a list
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >&2
}

start() {
    dir=$1
    port=$2
    sql_port=$3
    durable=$4
    rm -rf "$dir"
    mkdir -p "$dir/spool" "$dir/log" "$dir/sql"
    for user in postgres ejabberd; do
        runuser -u "$user" -- test -x "$dir" || { echo "$user may not enter $dir; say --data elsewhere" >&2; exit 1; }
    done
    sed -e "s/@PORT@/$port/" -e "s/@SQL_PORT@/$sql_port/" "$HERE/ejabberd.yml" >"$dir/ejabberd.yml"
    # A node of its own: a second start under one name would end the first one.
    printf '%s\n' INET_DIST_INTERFACE=127.0.0.1 "ERLANG_NODE=millrace-peer-$port@localhost" >"$dir/ejabberdctl.cfg"
    chown -R postgres: "$dir/sql"
    postgres initdb -D "$dir/sql" -A trust --no-sync >"$dir/log/initdb.log"
    postgres pg_ctl -D "$dir/sql" -w -l "$dir/sql/server.log" \
        -o "-p $sql_port -k $dir/sql -c listen_addresses=127.0.0.1 -c synchronous_commit=$durable" start >/dev/null
    postgres psql -q -h 127.0.0.1 -p "$sql_port" -d postgres \
        -c "create role ejabberd login password 'ejabberd'" -c "create database ejabberd owner ejabberd"
    PGPASSWORD=ejabberd psql -q -h 127.0.0.1 -p "$sql_port" -U ejabberd -d ejabberd \
        -f /usr/share/ejabberd/sql/pg.sql >"$dir/log/schema.log" 2>&1
    chown -R ejabberd: "$dir/spool" "$dir/log" "$dir/ejabberd.yml" "$dir/ejabberdctl.cfg"
    ejabberd "$dir" start
    ejabberd_is "$dir" 60 started
}

stop() {
    dir=$1
    # One that does not stop must not leave the other running.
    failed=
    # Without our settings it would be the machine's own ejabberd that stops.
    if [ -e "$dir/ejabberdctl.cfg" ]; then
        { ejabberd "$dir" stop && ejabberd_is "$dir" 30 stopped; } || failed="$failed ejabberd"
    fi
    if [ -e "$dir/sql/postmaster.pid" ]; then
        postgres pg_ctl -D "$dir/sql" -m fast stop >/dev/null || failed="$failed postgresql"
    fi
    [ -z "$failed" ] || { echo "did not stop:$failed; see $dir/log and $dir/sql/server.log" >&2; exit 1; }
}

command=${1:-}
[ $# -eq 0 ] || shift
case "$command" in
    install) install ;;
    start) start "$@" ;;
    stop) stop "$@" ;;
    *) echo "peer.sh install | start DIR PORT SQL_PORT on|off | stop DIR" >&2; exit 2 ;;
esac
