namespace Decnet.Fleet.Docker.Api;

/// <summary>The archive that should be sent cannot be read; the engine has no part in it.</summary>
internal sealed class ArchiveException(Exception cause) : Exception(cause.Message, cause);
