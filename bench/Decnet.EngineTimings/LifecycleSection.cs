namespace Decnet.EngineTimings;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;

/// <summary>What operations cost: adding one decky to many, beside the bare calls for its containers; and recording many at once.</summary>
internal sealed class LifecycleSection(string endpoint, BareEngine bare, Report report, int rounds)
{
    const string Name = "lifecycle";
    const int Before = 100;
    const int Begun = 50;

    internal async Task RunAsync()
    {
        await AddAsync();
        await bare.CleanAsync();
        await BeginAsync();
    }

    async Task AddAsync()
    {
        await using var lab = await Lab.OpenAsync(endpoint);
        Check(await lab.Service.DeployAsync(LabFleets.OnBridge(Before)));
        var present = await IdsAsync();
        var added = LabFleets.OnBridge(Before + 1);
        added = added with { Deckies = [added.Deckies[^1]] };
        var ours = new Sample();
        var calls = new Sample();
        IReadOnlyList<SentRequest> sent = [];
        for (var round = 0; round <= rounds; round++)
        {
            sent = await lab.Tally.DuringAsync(() => TimeAsync(round == 0 ? new Sample() : ours, async () => Check(await lab.Service.DeployAsync(added))));
            Check(await lab.Service.TeardownAsync([added.Deckies[0].Name]));
            var recorded = Recorded(sent);
            await TimeAsync(round == 0 ? new Sample() : calls, () => BareDeployment.BringUpAsync(bare, recorded.Base, recorded.Services));
            await RemoveAsync(present);
        }

        var touched = present.Except(await IdsAsync()).Count();
        report.Must(Name, $"containers of {Before} deckies that are others after one was added and removed {rounds} times", $"{touched} of {present.Count}", "0", touched == 0);
        report.Add(Name, $"adding one decky to {Before}, and the bare calls for its containers, median of {rounds}", $"{ours}, {calls}");
        report.AtMost(Name, $"adding one decky to {Before} ÷ creating and starting its containers by bare calls", ours.MedianRatioTo(calls), 1.3, " ×");
        report.Note($"Requests of adding one decky to {Before} by an operation:\n\n{RequestTable.Of(sent)}");
    }

    async Task BeginAsync()
    {
        var time = new Sample();
        for (var round = 0; round < 5; round++)
        {
            await using var lab = await Lab.OpenAsync(endpoint);
            FleetWork? work = null;
            await time.TimeAsync(async () => work = await lab.Service.BeginDeployAsync(LabFleets.OnBridge(Begun)));
            if (work!.Operations.Count != Begun)
            {
                throw new InvalidOperationException($"{work.Operations.Count} operations were recorded, not {Begun}.");
            }

            Check(await work.Completion);
            Check(await lab.Service.TeardownAllAsync());
        }

        report.AtMost(Name, $"a deployment of {Begun} deckies returns its operations after, worst of {time.Count}", time.Max, 100, " ms", "0");
    }

    static Task TimeAsync(Sample sample, Func<Task> work) => sample.TimeAsync(work);

    static (RecordedContainer Base, RecordedContainer[] Services) Recorded(IReadOnlyList<SentRequest> sent)
    {
        var containers = sent.Where(request => request.Kind == "POST /containers/create")
            .Select(request => new RecordedContainer("", request.PathAndQuery, request.Body!)).ToArray();
        return (containers.Single(container => container.BaseId is null), [.. containers.Where(container => container.BaseId is not null)]);
    }

    async Task<HashSet<string>> IdsAsync() => [.. (await bare.ListAsync()).Select(container => (string)container["Id"]!)];

    async Task RemoveAsync(HashSet<string> present)
    {
        foreach (var id in (await IdsAsync()).Except(present))
        {
            await bare.RemoveAsync(id);
        }
    }

    static void Check(FleetWorkResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(
                $"Not all operations succeeded: {result.Problem} {result.Operations.FirstOrDefault(operation => operation.Status == OperationStatus.Failed)?.Error}");
        }
    }
}
