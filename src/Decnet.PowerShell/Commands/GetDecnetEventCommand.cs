namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Output;
using Decnet.Shell.Watching;

/// <summary>Shows what has happened.</summary>
/// <remarks>
/// <para>Every change of a row, every operation and every sign of life of a worker is an event, written together with the change. The
/// newest 100,000 of the last 30 days are kept. They come oldest first.</para>
/// <para>What an event tells is in its Payload: by property, as in $_.Payload.state, or as JSON when it is taken as text.</para>
/// </remarks>
/// <example>
/// <code>Get-DecnetEvent -Topic 'decky.*.state' -Last 20</code>
/// <para>Shows the last 20 changes of deckies' states.</para>
/// </example>
/// <example>
/// <code>Get-DecnetEvent -After 1200 | Where-Object { $_.Payload.transition -eq 'repaired' }</code>
/// <para>Shows the repairs after an event that one has seen.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DecnetEvent")]
[OutputType(typeof(DecnetEvent))]
public sealed class GetDecnetEventCommand : DecnetCommand
{
    /// <summary>A pattern of topics: tokens between dots; '*' stands for one token, '>' at the end for one or more. Quote it. An ill-formed one is the error TopicInvalid.</summary>
    /// <value>all topics</value>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TopicCompleter))]
    public string? Topic { get; set; }

    /// <summary>Only events after this sequence number. When some of them are no longer kept, a warning tells how many.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? After { get; set; }

    /// <summary>Only so many, the newest.</summary>
    /// <value>all</value>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    /// <summary>Reads.</summary>
    protected override void EndProcessing()
    {
        var request = new EventRequest { Topic = Topic, After = After, Last = Last };
        Drain((outlet, token) => EventReading.ReadAsync(Session, request, outlet, token));
    }
}
