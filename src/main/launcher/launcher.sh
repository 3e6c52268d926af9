#!/bin/sh
# The head of glimpse.jar: sh reads these lines and never what follows them, java only the archive that follows.
# JAVA_HOME says which java, JAVA_OPTS how.
case $0 in /*) jar=$0 ;; *) jar=$PWD/$0 ;; esac
classes=${jar%.jar}.jsa # scripts/run makes it; a JVM that it was not made for ignores it
[ -f "$classes" ] && share="-XX:SharedArchiveFile=$classes" || share=-Xshare:auto
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "$share" -Xlog:disable -Xlog:all=error:stderr $JAVA_OPTS -jar "$jar" "$@"
