#!/bin/sh
# Starts one service: millrace edge|router|timeline|webhooks [--check-config], the task rebuild-state, or topics.
# JAVA_OPTIONS is added to the JVM's options. exec: SIGTERM must reach the service.
set -eu

HOME_DIR=${MILLRACE_HOME:-/opt/millrace}
CONFIG_DIR=${MILLRACE_CONFIG_DIR:-/etc/millrace}

start() {
    class_path=$1
    main=$2
    shift 2
    # shellcheck disable=SC2086 # several options
    exec java -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError ${JAVA_OPTIONS:-} -cp "$class_path" "$main" "$@"
}

service=${1:-}
[ $# -eq 0 ] || shift
case "$service" in
    edge) start "$HOME_DIR/edge-connector/*" io.millrace.edge.EdgeMain --config "$CONFIG_DIR/edge.yaml" "$@" ;;
    router) start "$HOME_DIR/streams-router/*" io.millrace.router.RouterMain --config "$CONFIG_DIR/router.yaml" "$@" ;;
    rebuild-state)
        start "$HOME_DIR/streams-router/*" io.millrace.router.RouterMain rebuild-state --config "$CONFIG_DIR/router.yaml" "$@"
        ;;
    timeline) start "$HOME_DIR/timeline-writer/*" io.millrace.timeline.TimelineMain --config "$CONFIG_DIR/timeline.yaml" "$@" ;;
    webhooks) start "$HOME_DIR/webhooks/*" io.millrace.webhooks.WebhooksMain --config "$CONFIG_DIR/webhooks.yaml" "$@" ;;
    topics) start "$HOME_DIR/topics:$HOME_DIR/streams-router/*" ProvisionTopics "$@" ;;
    *)
        echo "millrace: say edge, router, rebuild-state, timeline, webhooks or topics, not '$service'" >&2
        exit 2
        ;;
esac
