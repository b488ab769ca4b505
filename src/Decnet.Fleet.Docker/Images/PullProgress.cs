namespace Decnet.Fleet.Docker.Images;

using System.Globalization;
using Decnet.Fleet.Docker.Api.Models;

/// <summary>Makes of the many messages of a pull a few lines for people: one for each tenth of what is known to come.</summary>
internal sealed class PullProgress(string image, IProgress<string> progress)
{
    const int Steps = 10;

    readonly Dictionary<string, (long Current, long Total)> layers = new(StringComparer.Ordinal);
    int told = -1;

    internal void Tell(ProgressMessage message)
    {
        if (message is { Id: { Length: > 0 } layer, Status: "Downloading", ProgressDetail: { Current: { } current, Total: { } total } })
        {
            layers[layer] = (current, total);
        }
        else if (message is { Id: { Length: > 0 } done, Status: "Download complete" or "Pull complete" or "Already exists" } && layers.TryGetValue(done, out var known))
        {
            layers[done] = (known.Total, known.Total);
        }

        var all = layers.Values.Sum(layer => layer.Total);
        var step = all == 0 ? 0 : (int)(layers.Values.Sum(layer => layer.Current) * Steps / all);
        if (step > told)
        {
            told = step;
            progress.Report(
                all == 0
                    ? $"{image}: pulling"
                    : string.Create(CultureInfo.InvariantCulture, $"{image}: pulling, {step * 100 / Steps} % of {all / 1_000_000.0:0.0} MB"));
        }
    }
}
