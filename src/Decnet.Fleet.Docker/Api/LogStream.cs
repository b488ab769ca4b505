namespace Decnet.Fleet.Docker.Api;

/// <summary>Where a container wrote a line. With a terminal both are <see cref="Output"/>.</summary>
internal enum LogStream
{
    Output,
    Errors,
}
