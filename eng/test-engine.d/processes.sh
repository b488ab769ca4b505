# shellcheck shell=bash
# The processes of one engine: found by the folder in their command line, and containers by the cgroup of the engine.

engine_processes() { # [NAME...]: ids of the daemon, containerd, its shims and runc that were started for this folder
  local names=" ${*:-dockerd containerd containerd-shim runc} " directory name
  for directory in $(grep -lzE -- "(^|=|unix://)${folder//./\\.}/" /proc/[0-9]*/cmdline 2>/dev/null); do
    directory=${directory%/cmdline}
    read -r name 2>/dev/null <"$directory/comm" || continue
    [[ $names != *" $name "* ]] || echo "${directory#/proc/}"
  done
}

container_processes() {
  find /sys/fs/cgroup -path "*/$cgroup/*" -name cgroup.procs -exec cat {} + 2>/dev/null | sort -u || true
}

thaw() { # a paused container on cgroup v1 does not take signals, not even SIGKILL
  local state
  find /sys/fs/cgroup -path "*/$cgroup/*" -name freezer.state 2>/dev/null | while read -r state; do
    echo THAWED >"$state" || true
  done
}

wait_for() { # wait_for SECONDS COMMAND...: until the command succeeds
  local rounds=$(($1 * 20))
  shift
  until "$@"; do
    [ $((rounds -= 1)) -gt 0 ] || return 1
    sleep 0.05
  done
}

gone() { [ -z "$(engine_processes "$@")" ]; }
containers_gone() { [ -z "$(container_processes)" ]; }

signal() { # signal SIGNAL PID...
  local name=$1
  shift
  [ $# -eq 0 ] || kill "-$name" "$@" 2>/dev/null || true
}

end_daemon() { # end_daemon SIGNAL SECONDS
  local pid
  pid=$(engine_processes dockerd)
  # shellcheck disable=SC2086
  signal "$1" $pid
  wait_for "$2" gone dockerd
}
