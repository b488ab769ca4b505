namespace Decnet.Fleet.Tests.Docs;

using System.Diagnostics.Metrics;
using Decnet.Fleet.Telemetry;

/// <summary>The program of docs/observability.md, between the two marks.</summary>
static class ListeningProgram
{
    internal static async Task RunAsync(Action<string, double, KeyValuePair<string, object?>[]> write, Func<Task> work)
    {
        // <page>
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == FleetTelemetry.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => write(instrument.Name, value, tags.ToArray()));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => write(instrument.Name, value, tags.ToArray()));
        listener.Start();
        // </page>
        await work();
    }
}
