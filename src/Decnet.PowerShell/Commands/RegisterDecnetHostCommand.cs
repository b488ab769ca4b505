namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Hosts;
using Decnet.Shell.Output;

/// <summary>Enrols a host by a certificate request that was carried here, where it cannot reach the master by itself.</summary>
/// <remarks>
/// <para>On the host, decnetd agent enroll --request FILE makes a key, which stays there, and a request. This cmdlet signs the request and
/// writes a reply, which is carried back; the command line of the result takes it there. Nothing in the two files is secret, but see that
/// the request is that of the host: whoever has its key is the host from now on.</para>
/// <para>Of the request, only the key is taken: ECDSA on P-256 or P-384, or RSA with 2048 bits at least. On a machine that is not a master yet,
/// the authority of the fleet is made as New-DecnetEnrollment does. An open invitation of the same name is void.</para>
/// <para>A name that a host has is an error with the id HostNameTaken, and a file of the reply that is there is one with the id PathExists; then
/// nothing is signed.</para>
/// </remarks>
/// <example>
/// <code>Register-DecnetHost -Name rack1-host -Address 198.18.4.7 -CertificateRequest ./rack1.csr -OutFile ./rack1.json</code>
/// <para>Enrols a host whose agent listens at that address and the usual port, and writes the reply.</para>
/// </example>
/// <example>
/// <code>Register-DecnetHost rack1-host rack1.example, 198.18.4.7 -Port 9765 -CertificateRequest ./rack1.csr -OutFile ./rack1.json -Force</code>
/// <para>Enrols a host that is reached by a name, or else by an address, at another port, and replaces the file.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Register, "DecnetHost", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(HostRegistration))]
public sealed class RegisterDecnetHostCommand : DecnetCommand
{
    /// <summary>The name that the host gets: a DNS label of lower-case letters, digits and hyphens.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>Where its agent is reached: host names and addresses. The first one is used; its certificate is good for all.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Address { get; set; } = [];

    /// <summary>The port of its agent.</summary>
    /// <value>8765</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>The file with the request of the host (PKCS #10, PEM).</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Csr")]
    public string CertificateRequest { get; set; } = "";

    /// <summary>The file for the reply.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string OutFile { get; set; } = "";

    /// <summary>Where the host reports to: HOST or HOST:PORT.</summary>
    /// <value>The address of this machine, and port 8770</value>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Master { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Enrols.</summary>
    protected override void ProcessRecord()
    {
        var request = new HostRequest
        {
            Name = Name,
            Addresses = Address,
            Port = Port,
            RequestPath = PathOf(CertificateRequest),
            ReplyPath = PathOf(OutFile),
            Overwrite = Force,
            Master = Master,
        };
        if (ShouldProcess(Name, $"Enrol with the request {request.RequestPath}"))
        {
            DrainItem(Name, async (outlet, token) => outlet.Write(await Enrolling.RegisterAsync(Session, request, token).ConfigureAwait(false)));
        }
    }
}
