#!/usr/bin/env bash
# The trial of eng/try-systemd, run by it in namespaces of its own. Writes the recording to its output.
set -euo pipefail
work=$1 base=$2 program=$3 groups=$4
declare -A nspawn leader
# shellcheck source=/dev/null
. "$(dirname "$0")/machines.sh"
as="runuser -u decnet --"

everything() { inside host 'find /etc /usr/local /var/lib /opt -xdev -not -path "/var/lib/docker*" -not -path "/var/lib/systemd/*" | sort'; }

agent_is() { [ "$(inside host 'systemctl is-active decnet-agent' || true)" = "$1" ]; }

restarted() { [ "$(inside host 'systemctl show -P NRestarts decnet-agent')" = "$1" ] && agent_is active; }

says() { inside "$1" "$2" 2>&1 | grep -q "$3"; }

journals() {
  local machine
  for machine in "${!leader[@]}"; do inside "$machine" 'journalctl -b --no-pager -o short-precise' | tail -80; done >&2
}

trap '[ $? = 0 ] || journals' EXIT
prepare
boot master
boot host
inside host 'mkdir -p /tmp/tree && cd /tmp/tree && mkdir -p bin sbin usr/bin usr/sbin dev etc proc sys run tmp var/log && cp /bin/busybox bin/ &&
  for a in $(busybox --list-full); do [ -e $a ] || ln -s /bin/busybox $a; done && tar -c . | docker import --change "CMD [\"sh\"]" \
  --change "ENV PATH=/usr/sbin:/usr/bin:/sbin:/bin" - busybox:1.36 && for i in $(cat /media/images); do docker tag busybox:1.36 $i; done; rm -r /tmp/tree' >/dev/null
# Those images have no digests.
inside host 'mkdir -p /run/systemd/system/decnet-agent.service.d && printf "[Service]\nEnvironment=DECNET_IMAGE_POLICY=local\n" >/run/systemd/system/decnet-agent.service.d/images.conf'
everything >"$work/before"

tell '# The units under systemd: a recording' '' \
  'Two machines with Debian 12 and its systemd, booted in containers by `eng/try-systemd`, which writes this page. What is shown is what was' \
  'run, by root, with its output; the script ends when something is not as it should be. Both machines have one network, and all images of' \
  'the catalog are an empty busybox here.' '' '## The master' '' '```console'
on master 'install -m 0755 /media/decnetd /usr/local/bin/decnetd'
on master 'decnetd unit master --user decnet --group decnet --out units --binary /usr/local/bin/decnetd'
on master 'cp units/decnet* /etc/systemd/system/'
on master 'install -D -m 0644 -t /etc/sysusers.d units/sysusers.d/decnet-master.conf && systemd-sysusers'
on master 'install -D -m 0644 -t /etc/tmpfiles.d units/tmpfiles.d/decnet-master.conf && systemd-tmpfiles --create decnet-master.conf'
on master 'systemctl daemon-reload && systemctl enable --now decnet-master.service decnet.target'
on master 'systemctl show -p Type,ActiveState,StatusText,NRestarts decnet-master'
on master 'journalctl -u decnet-master -o cat --no-pager'
on master 'systemd-analyze security --no-pager decnet-master | tail -1'
tell '```' '' '## The host' '' '```console'
on host 'install -m 0755 /media/decnetd /usr/local/bin/decnetd'
on host 'decnetd unit agent --user decnet --group decnet --repair restart --interface decoy0 --out units --binary /usr/local/bin/decnetd'
on host 'cp units/decnet* /etc/systemd/system/'
on host 'install -D -m 0644 -t /etc/sysusers.d units/sysusers.d/decnet-agent.conf && systemd-sysusers'
on host 'install -D -m 0644 -t /etc/tmpfiles.d units/tmpfiles.d/decnet-agent.conf && systemd-tmpfiles --create decnet-agent.conf'
on host 'install -D -m 0644 units/polkit-1/rules.d/50-decnet-agent.rules /etc/polkit-1/rules.d/50-decnet-agent.rules'
on host 'install -m 0644 units/install-manifest.json /etc/decnet-agent-manifest.json'
command=$(inside master "$as decnetd host enroll web-host --master 127.0.0.1" | grep -o 'decnetd agent enroll.*')
tell "master# $as decnetd host enroll web-host --master 127.0.0.1" "host# $as $command"
inside host "$as $command"
on host 'systemctl daemon-reload && systemctl enable --now decnet-agent.service decnet.target'
on host 'systemctl show -p Type,ActiveState,StatusText,NRestarts decnet-agent'
on host 'systemd-analyze security --no-pager decnet-agent | tail -1'
tell '```' '' '## Work' '' '```console'
inside master 'printf "[general]\nnet = 198.18.77.0/24\ngw = 198.18.77.254\ninterface = decoy0\n\n[web-01]\nip = 198.18.77.11\nservices = http, ssh\n" >fleet.ini; chmod a+rx . ; cp fleet.ini /var/lib/'
on master "$as decnetd deploy /var/lib/fleet.ini --host-of web-01=web-host"
on host 'docker ps --format "table {{.Names}}\t{{.Status}}"'
on master "$as decnetd host list"
tell '```' '' '## Misfortunes' '' 'The agent is killed, and then stopped without a word, so that its watchdog notices; systemd starts it again both times.' '' '```console'
on host 'systemctl kill --kill-whom=main -s KILL decnet-agent'
wait_for 60 restarted 1 || fail "the agent was not started again."
on host 'systemctl show -p ActiveState,NRestarts decnet-agent'
on host 'systemctl kill --kill-whom=main -s STOP decnet-agent'
wait_for 240 restarted 2 || fail "the watchdog did not notice."
on host 'systemctl show -p ActiveState,NRestarts decnet-agent'
on host 'journalctl -u decnet-agent -t systemd -o cat --no-pager'
on host 'time systemctl stop decnet-agent'
on host 'systemctl show -p Result,ExecMainStatus decnet-agent'
on host 'systemctl start decnet-agent'
tell '```' '' '## What the account of the agent may do' '' '```console'
refused host "$as systemctl --no-ask-password stop docker"
refused host "$as systemctl --no-ask-password stop decnet-agent-remove.service"
refused host "$as systemd-run --no-ask-password --unit=decnet-agent-remove.service id"
on host "$as systemctl --no-ask-password start decnet-agent-remove.service"
wait_for 30 says host 'journalctl -u decnet-agent-remove -o cat' 'Nothing was removed' || fail "the remover did not say that nothing was ordered."
on host 'journalctl -u decnet-agent-remove -t decnetd -o cat --no-pager'
tell '```' '' '## Removing the host' '' '```console'
wait_for 60 says master "$as decnetd host list" active || fail "the host did not come back."
on master "$as decnetd host destroy web-host --yes --timeout 60s"
on master "$as decnetd host list"
on host 'docker ps -a --format "{{.Names}}"'
on host 'systemctl list-units --all --plain --no-legend "decnet*"'
on host 'journalctl -u decnet-agent-remove -t decnetd -o cat --no-pager'
on host 'getent passwd decnet'
everything >"$work/after"
tell '```' '' 'What is on the host now beside what was there before (`/etc`, `/opt`, `/usr/local`, `/var/lib`):' '' '```'
diff "$work/before" "$work/after" | grep '^[<>]' || true
tell '```'
