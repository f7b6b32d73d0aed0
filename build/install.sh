#!/bin/sh
# Installs what is missing for a purpose: build/install.sh window|test. Each thing is looked for by itself, and
# apt is asked only for what was not found, so that a second run costs nothing. Needs Debian or a relative of it.
set -eu
cd "$(dirname "$0")/.."
mkdir -p build/cache

missing=
need() { missing="${missing:+$missing }$1"; }
has() { command -v "$1" >/dev/null 2>&1; }

want_window() {
  has pkg-config && pkg-config --exists gtk+-3.0 || need libgtk-3-dev
  has pkg-config && { pkg-config --exists webkit2gtk-4.1 || pkg-config --exists webkit2gtk-4.0; } || need webkit
  has pkg-config || need pkg-config
  want_fonts
}

want_fonts() {
  has fc-list || need fontconfig
  has fc-list && [ -n "$(fc-list :lang=zh-cn family)" ] || need fonts-noto-cjk
}

want_test() {
  want_window
  has chromium || has chromium-browser || has google-chrome || need chromium
  has Xvfb || need xvfb
  has xauth || need xauth
  has dbus-run-session || need dbus
  has gnome-keyring-daemon || need gnome-keyring
  has secret-tool || need libsecret-tools
  has import || need imagemagick
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Lists older than a day may name packages that the mirror has replaced.
refresh() {
  if [ "${1:-}" != now ] && [ -n "$(find /var/lib/apt/lists -name '*_Packages*' -mtime -1 2>/dev/null | head -n 1)" ]; then
    return 0
  fi
  as_root apt-get update -qq
}

# WebKitGTK comes as 4.1 on newer systems and as 4.0 on UOS and Kylin.
webkit_package() {
  if apt-cache show libwebkit2gtk-4.1-dev >/dev/null 2>&1; then
    echo libwebkit2gtk-4.1-dev
  else
    echo libwebkit2gtk-4.0-dev
  fi
}

# What apt says goes to a file; only its complaints are shown.
install() {
  # shellcheck disable=SC2086 # the list of packages is meant to be split
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >build/cache/install.log
}

case "${1:-}" in
  window) want_window ;;
  test) want_test ;;
  *) echo "用法：build/install.sh window|test" >&2; exit 2 ;;
esac
[ -n "$missing" ] || exit 0

echo "缺少：$missing"
if ! has apt-get; then
  echo "本机没有 apt-get，不能自动安装。请用系统的软件包工具装好上面列出的软件后重试。" >&2
  exit 3
fi
if [ "$(id -u)" != 0 ] && ! has sudo; then
  echo "安装需要管理员权限，而本机没有 sudo。请用 root 执行：apt-get install $missing" >&2
  exit 3
fi
refresh
case " $missing " in
  *" webkit "*) missing=$(echo "$missing" | sed "s/\bwebkit\b/$(webkit_package)/") ;;
esac
echo "正在安装：$missing（可能要几分钟）"
install || { refresh now; install; }
echo "已装好：$missing"
