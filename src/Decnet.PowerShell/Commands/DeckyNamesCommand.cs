namespace Decnet.PowerShell.Commands;

using Decnet.PowerShell.Binding;
using Decnet.Shell.Flow;

/// <summary>Works on deckies that are named, by arguments or through the pipeline, when all names are there.</summary>
public abstract class DeckyNamesCommand : DecnetCommand
{
    readonly List<string> gathered = [];

    /// <summary>The names.</summary>
    public abstract string[]? Name { get; set; }

    /// <summary>Whether nobody names any: neither arguments, nor a pipeline, though it be an empty one.</summary>
    private protected bool IsUnnamed => gathered.Count == 0 && !MyInvocation.ExpectingInput;

    /// <summary>Whether the pipeline was empty, so that no decky is meant.</summary>
    private protected bool IsEmpty => gathered.Count == 0 && MyInvocation.ExpectingInput;

    /// <summary>Whether a name was found that no decky has.</summary>
    private protected bool HasUnknown { get; private set; }

    /// <summary>Gathers names.</summary>
    protected override void ProcessRecord() => gathered.AddRange(Name ?? []);

    /// <summary>The items that are named, each once. A name that none has is an error of its own.</summary>
    private protected IReadOnlyList<T> Select<T>(IReadOnlyCollection<T> items, Func<T, string> nameOf) =>
        gathered.Count == 0
            ? []
            : [.. NamePattern.Select(items, nameOf, [.. gathered.Distinct()], name =>
            {
                HasUnknown = true;
                Fail(Faults.NotFound("Decky", name, items.Select(nameOf).Distinct()));
            })];

    /// <summary>The names that are meant, each once. One that no decky has is an error of its own.</summary>
    private protected IReadOnlyList<string> Select(IReadOnlyCollection<string> known) => Select(known, name => name);
}
