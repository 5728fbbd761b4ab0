@echo off
rem Runs one command of Transom: transom COMMAND [OPTIONS]. Needs a JDK 25: TRANSOM_JAVA_HOME, JAVA_HOME, the registry's folders or the path.
rem   TRANSOM_JAVA_OPTIONS  further options for Java, for example -Xmx8g
rem   TRANSOM_NO_VECTOR=1   runs without the Vector API
setlocal EnableExtensions DisableDelayedExpansion
set "HOME_DIR=%~dp0.."
set "JDK="
for %%D in ("%TRANSOM_JAVA_HOME%" "%JAVA_HOME%") do if not defined JDK call :try "%%~D"
if not defined JDK for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\jdk-25*" "%ProgramFiles%\Java\jdk-25*" "%ProgramFiles%\Microsoft\jdk-25*" "%USERPROFILE%\.jdks\*25*") do if not defined JDK call :try "%%~D"
if not defined JDK (
  echo transom: Java 25 is needed and no JDK 25 was found. Install one, for example Temurin 25, or set TRANSOM_JAVA_HOME to it. 1>&2
  exit /b 2
)
set "VECTOR=--add-modules jdk.incubator.vector"
if defined TRANSOM_NO_VECTOR set "VECTOR="
set "QUIET=-Xlog:disable -Xlog:all=error:stderr"
if defined TRANSOM_JAVA_OPTIONS set "QUIET="
"%JDK%\bin\java.exe" %VECTOR% --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow --add-opens java.base/java.io=ALL-UNNAMED -XX:+UseParallelGC -XX:MaxNewSize=32m "-Dtransom.bundles=%HOME_DIR%\bundles" %QUIET% %TRANSOM_JAVA_OPTIONS% -cp "%HOME_DIR%\lib\*" dev.transom.launcher.Main %*
exit /b %ERRORLEVEL%

:try
if "%~1"=="" exit /b
if not exist "%~1\bin\java.exe" exit /b
if not exist "%~1\release" exit /b
findstr /r /c:"^JAVA_VERSION=.2[5-9]" /c:"^JAVA_VERSION=.[3-9][0-9]" "%~1\release" >nul 2>&1
if not errorlevel 1 set "JDK=%~1"
exit /b
