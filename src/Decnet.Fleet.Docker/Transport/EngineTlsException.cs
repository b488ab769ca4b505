namespace Decnet.Fleet.Docker.Transport;

using System.Security.Authentication;

/// <summary>TLS with the engine failed on our side. The message is a whole sentence that names the side or the file.</summary>
internal sealed class EngineTlsException : AuthenticationException
{
    public EngineTlsException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
