namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Output;
using Decnet.Shell.Watching;

/// <summary>Shows what happens, as it happens.</summary>
/// <remarks>
/// <para>It shows events that are written after it began, by any process that works on the state folder, until it is stopped, -Count is
/// reached or -Timeout is over. Ending by the time is no error. A database that is not there yet is waited for.</para>
/// <para>What an event tells is in its Payload, as with Get-DecnetEvent.</para>
/// </remarks>
/// <example>
/// <code>Watch-DecnetEvent -Topic 'decky.>'</code>
/// <para>Shows everything about deckies until Ctrl+C.</para>
/// </example>
/// <example>
/// <code>Watch-DecnetEvent -Topic 'decky.*.state' -Count 1 -Timeout 0:05:00</code>
/// <para>Waits up to five minutes for the next change of a decky's state.</para>
/// </example>
[Cmdlet(VerbsCommon.Watch, "DecnetEvent")]
[OutputType(typeof(DecnetEvent))]
public sealed class WatchDecnetEventCommand : DecnetCommand
{
    /// <summary>A pattern of topics: tokens between dots; '*' stands for one token, '>' at the end for one or more. Quote it. An ill-formed one is the error TopicInvalid.</summary>
    /// <value>all topics</value>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TopicCompleter))]
    public string? Topic { get; set; }

    /// <summary>Begins with the events after this sequence number instead of new ones. When some of them are no longer kept, a warning tells how many.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? After { get; set; }

    /// <summary>How long to watch.</summary>
    /// <value>no end</value>
    [Parameter]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Ends after so many events.</summary>
    /// <value>no end</value>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Count { get; set; }

    /// <summary>Watches.</summary>
    protected override void EndProcessing()
    {
        var request = new EventRequest { Topic = Topic, After = After, Timeout = Timeout, Count = Count };
        Drain((outlet, token) => EventWatch.RunAsync(Session, request, outlet, token));
    }
}
