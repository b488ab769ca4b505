# shellcheck shell=bash
# Machines with a systemd of their own, in the namespaces of the caller. Two share its network, and tell each other apart by ports.

fail() {
  echo "try-systemd: $*" >&2
  exit 1
}

prepare() { # prepare: what nspawn needs where no systemd runs, and harms nothing where one does
  mount -t tmpfs tmpfs /run
  umount -R /sys/fs/cgroup
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
  # Nobody else is in this network: the engine may do with its firewall what it likes.
  ip link set lo up
  ip link add decoy0 type veth peer name decoy1
  ip address add 198.18.77.1/24 dev decoy0
  ip link set decoy0 up
  ip link set decoy1 up
  ip route add default via 198.18.77.254
}

boot() { # boot NAME: a machine that begins as the base, and keeps its changes to itself
  local name=$1 folder=$work/$1
  mkdir -p "$folder"/{root,upper,changes,docker} "/sys/fs/cgroup/$(basename "$groups")/$name"
  mount -t overlay overlay -o "lowerdir=$base,upperdir=$folder/upper,workdir=$folder/changes" "$folder/root"
  echo "$name" >"$folder/root/etc/hostname"
  rm -f "$folder/root/etc/machine-id"
  touch "$folder/root/etc/machine-id"
  (
    echo "$BASHPID" >"/sys/fs/cgroup/$(basename "$groups")/$name/cgroup.procs"
    # Docker makes keyrings and programs for cgroups, which nspawn does not let through by itself.
    exec systemd-nspawn --quiet -b -D "$folder/root" -M "$name" --register=no --keep-unit --capability=all \
      --system-call-filter="keyctl add_key bpf" --bind="$folder/docker:/var/lib/docker" --bind-ro="$program:/media/decnetd" \
      --bind-ro="$work/images:/media/images" --console=passive </dev/null
  ) >"$folder/console.log" 2>&1 &
  nspawn[$name]=$!
  wait_for 60 is_up "$name" || { tail -30 "$folder/console.log" >&2; fail "$name did not come up."; }
}

is_up() {
  leader[$1]=$(pgrep -P "${nspawn[$1]}" | head -1) && [ -n "${leader[$1]}" ] &&
    [ "$(inside "$1" 'systemctl is-system-running' 2>/dev/null)" = running ]
}

inside() { # inside NAME COMMAND
  nsenter -t "${leader[$1]}" -a env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    bash -c "cd; $2" </dev/null
}

wait_for() { # wait_for SECONDS COMMAND...
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.5
  done
}

# --- the recording

tell() { printf '%s\n' "$@"; }

on() { # on NAME COMMAND: shows the command and its output, which has to succeed
  local code=0
  tell "$1# $2"
  inside "$1" "$2" 2>&1 | sed 's/[[:space:]]*$//' || code=$?
  [ $code = 0 ] || fail "'$2' on $1 ended with code $code."
}

refused() { # refused NAME COMMAND: the same of a command that has to fail
  tell "$1# $2"
  ! inside "$1" "$2" 2>&1 || fail "'$2' on $1 should not have been possible."
}
