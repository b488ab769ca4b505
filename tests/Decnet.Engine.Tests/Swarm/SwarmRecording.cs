namespace Decnet.Engine.Tests.Swarm;

using Decnet.Engine.Tests.Decnetd;
using Decnet.Engine.Tests.Support;

/// <summary>Writes down a session on several hosts, as its operator sees it.</summary>
sealed class SwarmRecording
{
    const string Variable = "DECNET_HOSTS_RECORDING";

    readonly Transcript transcript = new();

    /// <summary>Says what comes next.</summary>
    internal void Note(string line) => transcript.Note(line);

    /// <summary>Shows a file of a host.</summary>
    internal void Show(LabHost host, string path) => transcript.Show(path, Prompt(host));

    /// <summary>Runs <c>decnetd</c> on a host to its end.</summary>
    internal async Task<CommandResult> RunAsync(LabHost host, params string[] words)
    {
        var result = await host.RunAsync(words);
        transcript.Command(Prompt(host), "decnetd", words);
        transcript.End(result);
        return result;
    }

    /// <summary>Runs <c>docker</c> on a host.</summary>
    internal async Task DockerAsync(LabHost host, params string[] words)
    {
        transcript.Command(Prompt(host), "docker", words);
        transcript.Print(await host.Engine.DockerCli(words));
        transcript.Blank();
    }

    /// <summary>Notes that something was started, or happened, on a host.</summary>
    internal void Happened(LabHost host, string what)
    {
        transcript.Command(Prompt(host), what);
        transcript.Blank();
    }

    /// <summary>Writes all of it into a page, when a variable of the environment names its file.</summary>
    internal void Save()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path)
        {
            File.WriteAllText(path, Page(transcript.ToString()));
        }
    }

    static string Prompt(LabHost host) => $"{host.Name}$";

    static string Page(string session) =>
        $"""
        # Many hosts: a session

        A master and two hosts, each in a network of its own, with real engines and real containers. `eng/record-hosts` writes this page.

        ```
        {session.TrimEnd()}
        ```

        """.ReplaceLineEndings("\n");
}
