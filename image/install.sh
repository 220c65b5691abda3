#!/bin/sh
# Installs what the sandbox needs on Debian 12: for this machine (`npm run setup`), and for the container image.
#
#   install.sh [--print] [--without LANGUAGE]... [PACKAGE]...   compilers and interpreters, and other packages
#   install.sh --image [--without LANGUAGE]...                  the same for the image, which keeps only what programs need
#   install.sh --home FOLDER [--without LANGUAGE]...            builds the sandbox's own programs there; needs Node 24
#
# LANGUAGE is one of python, c, cpp, java, javascript. Without root or a sudo that asks nothing, and with --print, the
# command is printed instead. JavaScript needs no package: it runs on the Node that the executor itself runs on.
set -eu

usage() {
  sed -n '4,6s/^#  *//p' "$0" >&2
  exit 2
}

purpose=machine
without=
home=
others=
while [ $# -gt 0 ]; do
  case $1 in
    --print) purpose=print ;;
    --image) purpose=image ;;
    --home) [ $# -gt 1 ] && purpose=home home=$2 && shift || usage ;;
    --without)
      case ${2-} in
        python | c | cpp | java | javascript) without="$without $2" && shift ;;
        *) usage ;;
      esac
      ;;
    -*) usage ;;
    *) others="$others $1" ;;
  esac
  shift
done

if [ "$purpose" = home ]; then
  languages=
  for language in python c cpp java javascript; do
    case " $without " in *" $language "*) ;; *) languages="$languages $language" ;; esac
  done
  # shellcheck disable=SC2086 # words
  exec node "$(dirname "$0")/build-home.ts" "$home" $languages
fi

# The sandbox itself is written in C.
packages='gcc libc6-dev'
for entry in python:python3 cpp:g++ java:openjdk-17-jdk-headless; do
  case " $without " in *" ${entry%%:*} "*) ;; *) packages="$packages ${entry#*:}" ;; esac
done
packages="$packages$others"
command="apt-get update && apt-get install -y --no-install-recommends $packages"

is_complete() {
  for package in $packages; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || return 1
  done
}
install() { "$@" env DEBIAN_FRONTEND=noninteractive sh -c "$command"; }

if [ "$purpose" = print ]; then
  echo "sudo sh -c '$command'"
elif ! command -v apt-get >/dev/null; then
  echo "This is no Debian or Ubuntu. Install what these packages bring: $packages" >&2
  exit 1
elif is_complete; then
  echo "Installed: $packages"
elif [ "$(id -u)" = 0 ]; then
  # Slim images have no folders for manual pages, and Java's packages cannot be installed without this one.
  [ "$purpose" != image ] || mkdir -p /usr/share/man/man1
  install
elif sudo -n true 2>/dev/null; then
  install sudo -n
else
  echo "The sandbox needs compilers and interpreters. Install them with:" >&2
  echo "  sudo sh -c '$command'" >&2
  exit 1
fi
[ "$purpose" = image ] || exit 0

# Packages' lists, and what is only for those who develop compilers or cut Java runtimes of their own.
apt-get clean
rm -rf /var/lib/apt/lists/* /usr/lib/jvm/*/jmods /usr/bin/*lto-dump*
# Nobody becomes anybody else here.
find / -xdev -type f -perm /6000 -exec chmod a-s {} +
# Whoever runs foreign code can be executed, not read: what is not readable cannot be traced, nor can its environment be
# read by programs of the same user, even where the kernel refuses every other protection.
for program in /usr/bin/python3.* /usr/lib/jvm/*/bin/*; do
  [ ! -f "$program" ] || [ -L "$program" ] || chmod 0711 "$program"
done
