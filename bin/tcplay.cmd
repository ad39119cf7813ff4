@echo off
rem Starts the command on Windows, from tcplay.jar beside this file, in ..\lib or in ..\target.
rem   JAVA_HOME    the Java to use; else the one on the PATH
rem   TCPLAY_OPTS  options of the virtual machine
setlocal
set "TCPLAY_JAR=%~dp0tcplay.jar"
if not exist "%TCPLAY_JAR%" set "TCPLAY_JAR=%~dp0..\lib\tcplay.jar"
if not exist "%TCPLAY_JAR%" set "TCPLAY_JAR=%~dp0..\target\tcplay.jar"
set "TCPLAY_JAVA=java"
if defined JAVA_HOME set "TCPLAY_JAVA=%JAVA_HOME%\bin\java"
"%TCPLAY_JAVA%" -Dfile.encoding=UTF-8 %TCPLAY_OPTS% -jar "%TCPLAY_JAR%" %*
exit /b %ERRORLEVEL%
