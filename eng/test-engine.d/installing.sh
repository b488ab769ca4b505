# shellcheck shell=bash
# What an engine needs, from the packages of Debian or Ubuntu.

install() {
  local packages=()
  { command -v dockerd && [ -x "$docker" ]; } >/dev/null || packages+=(docker.io)
  command -v docker-compose >/dev/null || packages+=(docker-compose)
  command -v ip >/dev/null || packages+=(iproute2)
  { command -v busybox >/dev/null && ! ldd "$(command -v busybox)" >/dev/null 2>&1; } || packages+=(busybox-static)
  # Not for the engine: tests with several hosts disturb the links between these in network namespaces of their own.
  command -v iptables >/dev/null || packages+=(iptables)
  # Not for the engine: the tests of the daemon let systemd-analyze judge its unit.
  command -v systemd-analyze >/dev/null || packages+=(systemd)
  if [ ${#packages[@]} -eq 0 ]; then return; fi
  root_only
  command -v apt-get >/dev/null || fail "${packages[*]} missing, and there is no apt-get to install them."
  # Installing must not start the machine's own engine.
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  apt-get update -qq || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null ||
    fail "apt-get could not install ${packages[*]}."
}
