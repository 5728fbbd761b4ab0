# Finds a JDK 25 or newer; read by the scripts that start Transom.

# A JDK says its version in its file "release".
is_jdk() {
  local version
  [[ -x "$1/bin/java" && -r "$1/release" ]] || return 1
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [[ -n "$version" && "$version" -ge 25 ]]
}

find_jdk() {
  local dir
  for dir in "${TRANSOM_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/java/*25* /opt/*25* /opt/*/*25* \
      "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* "$HOME"/.asdf/installs/java/*25* \
      /Library/Java/JavaVirtualMachines/*25*/Contents/Home /usr/lib/jvm/* "$HOME"/.jdks/*; do
    if [[ -n "$dir" ]] && is_jdk "$dir"; then printf '%s' "$dir"; return; fi
  done
  return 1
}

NO_JDK="Java 25 is needed and no JDK 25 was found. Install one where JDKs usually lie, for example Temurin 25 below /usr/lib/jvm, or set TRANSOM_JAVA_HOME to it."
