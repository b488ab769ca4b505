namespace Decnet.EngineTimings;

using System.Diagnostics;
using System.Text;

/// <summary>Which requests were sent, and where their time went.</summary>
internal static class RequestTable
{
    internal static string Of(IReadOnlyList<SentRequest> sent)
    {
        var text = new StringBuilder("| request | times | mean | sum | first begins | last ends |\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
        var begin = sent.Min(request => request.Started);
        foreach (var kind in sent.GroupBy(request => request.Kind).OrderBy(kind => kind.Min(request => request.Started)))
        {
            var sum = kind.Sum(request => request.Time.TotalMilliseconds);
            var first = Stopwatch.GetElapsedTime(begin, kind.Min(request => request.Started)).TotalMilliseconds;
            var last = kind.Max(request => (Stopwatch.GetElapsedTime(begin, request.Started) + request.Time).TotalMilliseconds);
            text.Append($"| `{kind.Key}` | {kind.Count()} | {Ms(sum / kind.Count())} | {Ms(sum)} | {Ms(first)} | {Ms(last)} |\n");
        }

        return text.ToString().TrimEnd();
    }

    static string Ms(double milliseconds) => Report.Number(milliseconds, milliseconds < 10 ? "0.0" : "0") + " ms";
}
