namespace Decnet.SwarmTimings.Https;

using System.Diagnostics.Metrics;

/// <summary>Counts the TLS handshakes that servers of this process have ended.</summary>
internal sealed class HandshakeCount : IDisposable
{
    readonly MeterListener listener = new();
    int count;

    internal HandshakeCount()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "kestrel.tls_handshake.duration")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref count));
        listener.Start();
    }

    /// <summary>How many there were since it was last asked.</summary>
    internal int Take() => Interlocked.Exchange(ref count, 0);

    public void Dispose() => listener.Dispose();
}
