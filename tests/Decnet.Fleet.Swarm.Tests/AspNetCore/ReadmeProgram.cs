namespace Decnet.Fleet.Swarm.Tests.AspNetCore;

using System.Net;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.AspNetCore;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

static class ReadmeProgram
{
    internal static async Task<WebApplication> BuildAsync(string[] args, StateFolder folder, IStateStore store, HostLedger ledger, EnrolmentDesk desk)
    {
        // <page>
        var builder = WebApplication.CreateSlimBuilder(args);
        var master = await MasterSite.OpenAsync(folder, store, ledger, desk);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenDecnetMaster(new IPEndPoint(IPAddress.Any, SwarmProtocol.MasterPort), master);
            kestrel.ListenDecnetEnrolment(new IPEndPoint(IPAddress.Any, SwarmProtocol.EnrolmentPort), master);
        });
        var app = builder.Build();
        app.MapDecnetMaster(master);
        app.MapDecnetEnrolment(master);
        // </page>
        return app;
    }
}
