namespace Decnet.Engine.Tests.Support;

/// <summary>What a program ended with and printed, without blanks around.</summary>
sealed record CommandResult(int ExitCode, string Output, string Errors);
