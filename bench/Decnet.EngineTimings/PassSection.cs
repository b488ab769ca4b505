namespace Decnet.EngineTimings;

/// <summary>What a pass costs that finds everything as it should be.</summary>
internal sealed class PassSection(string endpoint, BareEngine bare, Report report)
{
    const string Name = "pass";
    const int WarmUps = 60;
    const int Passes = 60;
    const int PythonPasses = 5;

    internal async Task RunAsync()
    {
        await using var lab = await Lab.OpenAsync(endpoint);
        foreach (var deckies in (int[])[10, 50, 100])
        {
            await lab.DeployAsync(LabFleets.OnBridge(deckies));
            await MeasureAsync(lab, deckies);
        }
    }

    async Task MeasureAsync(Lab lab, int deckies)
    {
        await lab.ConvergedPassAsync();
        var sent = await lab.Tally.DuringAsync(lab.ConvergedPassAsync);
        var list = sent[0].PathAndQuery;
        var ids = (await bare.ListAsync()).Select(container => (string)container["Id"]!).ToArray();

        Sample raw = new(), pass = new(), python = new();
        for (var i = 0; i < WarmUps; i++)
        {
            await bare.DiscardAsync(list);
            await lab.ConvergedPassAsync();
        }

        for (var i = 0; i < Passes; i++)
        {
            // Who comes first changes, so that neither profits from the other's warm caches.
            if (i % 2 == 0)
            {
                await raw.TimeAsync(() => bare.DiscardAsync(list));
            }

            await pass.TimeAsync(lab.ConvergedPassAsync);
            if (i % 2 == 1)
            {
                await raw.TimeAsync(() => bare.DiscardAsync(list));
            }

            if (i % (Passes / PythonPasses) == 0)
            {
                await python.TimeAsync(() => bare.ListAndInspectEachAsync(list, ids));
            }
        }

        var of = $"{deckies} deckies, {ids.Length} containers";
        report.Must(Name, $"requests of a converged pass, {of}", $"{sent.Count}", "1", sent.Count == 1);
        report.AtMost(Name, $"time of a pass ÷ time of the bare list, {of} ({pass} ÷ {raw})", pass.Median / raw.Median, 1.25, " ×");
        report.Add(Name, $"the Python system's {ids.Length + 2} requests ÷ the bare list, {of} ({python})", Report.Number(python.Median / raw.Median, "0.0") + " ×");
    }
}
