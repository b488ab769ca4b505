namespace Decnet.Fleet.Docker.Tests.Images;

/// <summary>
/// Tests that write a program and start it run alone: a process that another test starts at that moment holds the file open
/// for writing until it has become its own program, and the system refuses to start such a file.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessStartingTests
{
    public const string Name = "Tests that write programs and start them";
}
