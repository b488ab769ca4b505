namespace Decnet.Simulation.Tests.Swarm;

using System.Reflection;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>Lets the asynchronous calls of an interface pass the gate of a process; what is answered at once passes by it.</summary>
#pragma warning disable CA1852 // The runtime derives from it.
internal class GatedCalls<T> : DispatchProxy where T : class
#pragma warning restore CA1852
{
    static readonly MethodInfo Generic = typeof(GatedCalls<T>).GetMethod(nameof(StepAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;

    T target = null!;
    IoGate gate = null!;

    internal static T Of(T target, IoGate gate)
    {
        var proxy = Create<T, GatedCalls<T>>();
        ((GatedCalls<T>)(object)proxy).target = target;
        ((GatedCalls<T>)(object)proxy).gate = gate;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var result = targetMethod!.ReturnType;
        if (result == typeof(Task))
        {
            return gate.StepAsync(targetMethod.Name, async () =>
            {
                await Call<Task>(targetMethod, args);
                return true;
            });
        }

        return result.IsGenericType && result.GetGenericTypeDefinition() == typeof(Task<>)
            ? Generic.MakeGenericMethod(result.GetGenericArguments()).Invoke(this, BindingFlags.DoNotWrapExceptions, null, [targetMethod, args], null)
            : Call<object?>(targetMethod, args);
    }

    Task<TResult> StepAsync<TResult>(MethodInfo method, object?[]? args) => gate.StepAsync(method.Name, () => Call<Task<TResult>>(method, args));

    TResult Call<TResult>(MethodInfo method, object?[]? args) => (TResult)method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, args, null)!;
}
