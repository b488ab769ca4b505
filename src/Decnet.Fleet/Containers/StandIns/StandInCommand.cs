namespace Decnet.Fleet.Containers.StandIns;

using System.Globalization;
using System.Text;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>
/// The command of a container that stands in for a service: one shell script that needs nothing but BusyBox. It listens on
/// each port, ends at once when it is told to, and ends with an error when a listener does, so that whoever watches the
/// container sees it. An intruder may read it in the list of processes.
/// </summary>
internal static class StandInCommand
{
    /// <summary>How many processes connections may take together; above it, new ones are closed at once.</summary>
    const int MaxProcesses = 40;

    static readonly ValueList<string> Idle = Shell("trap 'exit 0' TERM INT\nwhile :; do sleep 3600 & wait $!; done");

    /// <exception cref="DecnetException">A setting that would be shown holds a NUL character.</exception>
    internal static ValueList<string> For(
        Decky decky, ServiceDefinition service, ValueMap<SettingValue>? settings, ValueList<ServicePort> ports)
    {
        if (ports.Count == 0)
        {
            return Idle;
        }

        var data = StandInData.BuiltIn;
        var persona = new StandInPersona(decky, service, settings);
        var script = new StringBuilder("trap 'exit 0' TERM INT\ntrap 'exit 1' USR1\nset -- /proc/[0-9]*\n")
            .Append(CultureInfo.InvariantCulture, $"m=$(($#+{MaxProcesses}))\n");
        foreach (var port in ports)
        {
            var listener = data.Find(service.Slug, port.Number, persona.Tags) ?? new StandInListener { Services = [], Port = port.Number };
            var handler = new StandInHandler(listener, new StandInTemplate(persona, data)).Write();
            script.Append("a=").Append(ShellText.Quote(handler)).Append('\n')
                .Append(CultureInfo.InvariantCulture, $"{{ nc -ll -p {port.Number} -e sh -c \"$a\" sh $m; kill -USR1 $$; }} &\n");
        }

        return Shell(script.Append("wait\nexit 1").ToString());
    }

    static ValueList<string> Shell(string script) => ["sh", "-c", script];
}
