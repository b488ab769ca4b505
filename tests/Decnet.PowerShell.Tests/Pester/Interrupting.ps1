# For the discovery of suites that send SIGINT: whether that can be done here. What a shell starts in the background, as a test runner may
# be, has the signal ignored, and so what that starts; env of GNU undoes it.
$canInterrupt = -not $IsWindows -and (Get-Command env -CommandType Application -ErrorAction Ignore) -and $(env --default-signal=INT true 2>$null; $LASTEXITCODE -eq 0)
