# shellcheck shell=bash
# Takes one engine away, whether its daemon lives or not.

remove_through_daemon() {
  answers || return 0
  local ids
  mapfile -t ids < <(client 20 ps -aq)
  [ ${#ids[@]} -eq 0 ] || client 60 rm -f "${ids[@]}" >/dev/null 2>&1 || true
  client 30 network prune -f >/dev/null 2>&1 || true
}

kill_all() {
  end_daemon TERM 15 || end_daemon KILL 10 || true
  # shellcheck disable=SC2046
  signal KILL $(engine_processes)
  thaw
  # shellcheck disable=SC2046
  signal KILL $(container_processes)
  wait_for 20 gone && wait_for 20 containers_gone
}

mounts_below() { awk -v below="$folder/" 'index($2, below) == 1 { print $2 }' /proc/mounts | sort -r; }

unmount_all() {
  local round mount
  for round in 1 2 3; do
    for mount in $(mounts_below); do umount "$mount" 2>/dev/null || [ "$round" -lt 3 ] || umount -l "$mount" || true; done
    [ -n "$(mounts_below)" ] || return 0
    sleep 0.2
  done
  [ -z "$(mounts_below)" ]
}

remove_shim_sockets() { # containerd keeps them outside its folders; a shim that was killed leaves its own
  local address
  for address in "$folder"/exec/containerd/io.containerd.runtime.v2.task/*/*/address; do
    [ -f "$address" ] || continue
    address=$(<"$address")
    [[ ! $address =~ ^unix:///run/containerd/s/[0-9a-f]+$ ]] || rm -f "${address#unix://}"
  done
}

remove_links() {
  local link networks=$folder/data/network/files/local-kv.db
  # Bridges (and dummy parents) of networks that the daemon could not remove; their names are made at random.
  if [ -e "$networks" ]; then
    for link in $(grep -aoE '"(BridgeName|Parent)":"(br|dm)-[0-9a-f]{12}"' "$networks" | cut -d'"' -f4 | sort -u); do
      ! link_exists "$link" || ip link del "$link" || true
    done
  fi
  ! link_exists "$parent_link" || ip link del "$parent_link"
}

cgroups_removed() {
  local ours=(/sys/fs/cgroup -depth -type d '(' -name "$cgroup" -o -path "*/$cgroup/*" ')')
  find "${ours[@]}" -exec rmdir {} + 2>/dev/null || true
  [ -z "$(find "${ours[@]}" 2>/dev/null)" ]
}

restore_forwarding() {
  [ "$(cat "$marker" 2>/dev/null)" = 0 ] || return 0
  grep -qsx dockerd /proc/[0-9]*/comm || echo 0 >/proc/sys/net/ipv4/ip_forward
}

remove_everything() {
  remove_through_daemon
  kill_all || fail "processes of the engine in $folder do not end: $({ engine_processes; container_processes; } | xargs)"
  unmount_all || fail "mounts below $folder do not go: $(mounts_below | xargs)"
  remove_shim_sockets
  remove_links
  wait_for 5 cgroups_removed || fail "cgroups below $cgroup do not go."
  restore_forwarding
  rm -rf --one-file-system "$folder"
}
