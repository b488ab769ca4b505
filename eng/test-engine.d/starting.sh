# shellcheck shell=bash
# Daemons, images and links of one engine.

launch() { # launch LOG COMMAND...: on its own, without our terminal, our lock or any other file of ours
  local log=$1
  shift
  setsid nohup "$@" </dev/null >>"$log" 2>&1 9<&- &
}

# Shared, as systemd makes all mounts. Otherwise dockerd puts a mount of its own over the folder at each start, and with it over
# the root filesystems that its predecessor mounted for requests in its last moment; their containers could never be removed.
share_data() {
  mountpoint -q "$folder/data" || mount --bind "$folder/data" "$folder/data"
  mount --make-shared "$folder/data"
}

start_daemons() {
  gone dockerd || fail "the daemon in $folder runs but does not answer; stop it first."
  rm -f "$folder/dockerd.pid" # of a daemon that was killed: its number may be another process by now
  share_data || return 1
  if gone containerd; then
    rm -f "$folder/containerd.sock"
    launch "$folder/containerd.log" containerd --config "$folder/containerd.toml"
    wait_for 30 test -S "$folder/containerd.sock" || return 1
  fi
  # Without the address of a containerd, dockerd takes the machine's when there is one.
  launch "$folder/dockerd.log" dockerd --config-file "$folder/dockerd.json" -H "unix://$socket" \
    --containerd "$folder/containerd.sock" --data-root "$folder/data" --exec-root "$folder/exec" \
    --pidfile "$folder/dockerd.pid" --bridge none --iptables=false --ip6tables=false \
    --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent "/$cgroup"
  wait_for 60 answers # it first ends the containers that outlived a killed daemon, and gives each 10 s
}

write_settings() {
  mkdir -p "$folder/client" "$folder/data" "$folder/exec"
  echo '{}' >"$folder/client/config.json"
  echo '{}' >"$folder/dockerd.json"
  cat >"$folder/containerd.toml" <<TOML
version = 2
root = "$folder/data/containerd"
state = "$folder/exec/containerd"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
address = "$folder/containerd.sock"
TOML
}

catalog_images() { # the images of the catalog, without digest
  sed -n 's/^ *"image": *"\([^"@]*\).*/\1/p' "$source_root/src/Decnet.Fleet/Catalog/Data/catalog.json" | sort -u
}

make_images() { # every image is the same busybox, so that the tests need no registry
  ! client 10 image inspect busybox:1.36 >/dev/null 2>&1 || return 0
  local tree=$folder/image applet busybox image
  busybox=$(command -v busybox) || fail "busybox is missing; run eng/test-engine install."
  mkdir -p "$tree"/{bin,sbin,usr/bin,usr/sbin,dev,etc,home,proc,root,run,sys,tmp,var/log}
  cp "$busybox" "$tree/bin/busybox" || return 1
  for applet in $("$busybox" --list-full); do
    [ -e "$tree/$applet" ] || ln -s /bin/busybox "$tree/$applet"
  done
  echo 'root:x:0:0:root:/root:/bin/sh' >"$tree/etc/passwd"
  echo 'root:x:0:' >"$tree/etc/group"
  chmod 1777 "$tree/tmp"
  tar -C "$tree" --numeric-owner --owner=0 --group=0 -c . | client 60 import --change 'CMD ["sh"]' \
    --change 'ENV PATH=/usr/sbin:/usr/bin:/sbin:/bin' - busybox:1.36 >/dev/null || return 1
  rm -rf "$tree"
  for image in $(catalog_images); do client 10 tag busybox:1.36 "$image" || return 1; done
}

# Not by /sys, which may be that of another network namespace.
link_exists() { ip link show "$1" >/dev/null 2>&1; }

make_links() {
  if ! link_exists "$parent_link"; then
    ip link add "$parent_link" type veth peer name "$peer_link" || return 1
  fi
  ip link set "$peer_link" up && ip link set "$parent_link" up
}
