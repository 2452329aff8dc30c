namespace Celadon.Store;

/// <summary>
/// The steps of work that an end of the process may fall between. The program only names them; a crash test
/// sets what happens there, from outside and by reflection, so that nothing a person can reach ends the
/// program.
/// </summary>
internal static class Steps
{
    /// <summary>Called with the name of each step as it is passed, on the thread that passed it.</summary>
    internal static Action<string>? Reached { get; set; }

    /// <summary>Says that a step was passed.</summary>
    internal static void Pass(string step) => Reached?.Invoke(step);
}
