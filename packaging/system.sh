#!/bin/sh
# The system libraries that Qt and the tests need. Installed where the user is root on a
# Debian-like system; elsewhere the exact line to type is printed and the work stops.
#   system.sh        what the window needs
#   system.sh test   and what the tests need (a spreadsheet program, a virtual screen)
#   system.sh bundle and what building the program in one folder needs, and trying it
#   system.sh windows what building for Windows needs, and trying that under Wine
#   system.sh venv   what making a virtual environment needs
set -eu

window="libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libglib2.0-0
libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
libxcb-shape0 libxcb-xinerama0 libxcb-xkb1"
bundle="binutils debootstrap icu-devtools xvfb"
windows="gcc-mingw-w64-x86-64-win32 nsis wixl wine wine64 xvfb"
tests="libreoffice-calc poppler-utils xvfb strace"
python="${PYTHON:-python3}"

case "${1:-window}" in
  venv)
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
      echo "acctdesk needs Python 3.11 or newer; $("$python" --version) was found." >&2
      exit 1
    }
    "$python" -c 'import ensurepip, venv' 2>/dev/null && exit 0
    wanted="python3-venv"
    ;;
  test) wanted="$window $tests" ;;
  bundle) wanted="$window $bundle" ;;
  windows) wanted="$windows" ;;
  *) wanted="$window" ;;
esac

command -v dpkg-query >/dev/null 2>&1 || exit 0 # not Debian: the wheel's own message names what is missing
missing=""
for package in $wanted; do
  state=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
  case "$state" in
    "install ok installed") ;;
    *) missing="$missing $package" ;;
  esac
done
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then
  echo "Installing:$missing"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086 # a list of words is meant
  apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "Some system libraries are missing. Type this line, then try again:" >&2
  echo "  sudo apt-get install --no-install-recommends$missing" >&2
  exit 1
fi
