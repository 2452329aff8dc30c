using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci;
using Celadon.Store.Journal;
using Celadon.Text;

namespace Celadon.Store;

public sealed partial class Workspace
{
    /// <summary>
    /// Takes an imported life-cycle inventory database into use as a pack edition.
    /// </summary>
    /// <exception cref="RefusedException">
    /// lci.taken: a pack of that id holds something else; lci.id, lci.licence: the words do not fit; and as
    /// for every pack.
    /// </exception>
    public Appended AdoptDatabase(LciDatabase database, LciPackWords words)
    {
        var pack = LciPack.Of(database, words);
        // An edition takes the place of the one before it: a database must not take that of the factors.
        if (Editions(State()).FirstOrDefault(e => e.Id == words.Id) is { } known && !IsDatabase(known))
            throw RefusedException.Of("lci.taken", ("id", words.Id));
        return Adopt(pack, words.Id);
    }
}
