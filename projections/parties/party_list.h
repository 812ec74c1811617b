// The parties as lists and as cards: whom the company deals with, on any day.
#pragma once

#include "domain/parties/counterparty_standings.h"
#include "domain/parties/merges.h"
#include "projections/described_rows.h"
#include "projections/parties/duplicates.h"
#include "projections/parties/party_rows.h"
#include "projections/projection.h"

#include <map>

namespace kontor::parties {

struct ListedParty {
    PartyCode party;
    std::string name;
    CountryCode country;
    LanguageCode language;
    std::vector<PartyRole> roles;
    Standing standing = Standing::active;
    std::string standing_reason;
    std::optional<CounterpartyCode> counterparty;
    std::optional<PartyCode> merged_into;
    std::optional<PersonId> person = std::nullopt;
    std::optional<PersonalText> person_name = std::nullopt;

    bool operator==(const ListedParty&) const = default;
    static void describe(auto& row) {
        row.record("ListedParty", "A party.")
            .field("party", &ListedParty::party, "Its code.")
            .field("name", &ListedParty::name, "Its name; empty for a person.")
            .field("country", &ListedParty::country, "Where it is.")
            .field("language", &ListedParty::language, "Of its documents.")
            .field("roles", &ListedParty::roles, "What it is to the company.")
            .field("standing", &ListedParty::standing, "How it stands.")
            .field("standing_reason", &ListedParty::standing_reason, "Why.")
            .field("counterparty", &ListedParty::counterparty,
                   "The counterparty that it is served through by default.")
            .field("merged_into", &ListedParty::merged_into, "The party that stands for it.")
            .field("person", &ListedParty::person, "Who it is; absent: an organisation.")
            .field("person_name", &ListedParty::person_name, "What the person is called.")
            .personal(&ListedParty::person, "name");
    }
};

struct PartyList {
    CompanyCode company;
    std::optional<PartyRole> role = std::nullopt;
    std::optional<CountryCode> country = std::nullopt;
    std::optional<Standing> standing = std::nullopt;
    std::string text = {};
    bool merged = false;

    static void describe(auto& query) {
        query.record("parties", "The parties of a company, by code.")
            .company(&PartyList::company)
            .field("company", &PartyList::company, "Whose parties.")
            .field("role", &PartyList::role, "Only those that have this role.")
            .field("country", &PartyList::country, "Only those of this country.")
            .field("standing", &PartyList::standing, "Only those that stand so.")
            .field("text", &PartyList::text,
                   "Only those whose name has these words, or their beginnings; capitals and "
                   "accents do not matter. Or whose code has this text. Persons are looked for "
                   "by name with the query persons.")
            .otherwise_empty()
            .field("merged", &PartyList::merged, "True: those too that were merged into others.")
            .otherwise(false)
            .template answers<ListedParty>(Times::both);
    }
};

struct PartyCard {
    PartyCode party;
    std::string name;
    CountryCode country;
    LanguageCode language;
    Standing standing = Standing::active;
    std::vector<StandingReason> standings;
    std::vector<RoleTerm> roles;
    std::vector<PartyContact> contact_points;
    std::vector<LinkTerm> counterparties;
    std::vector<PartyRelation> relations;
    std::optional<PartyCode> merged_into;
    std::string merge_reason;
    std::vector<PartyCode> stands_for;
    std::optional<PersonId> person;
    std::optional<PersonalText> person_name;

    bool operator==(const PartyCard&) const = default;
    static void describe(auto& row) {
        row.record("PartyCard", "All that is known of a party; what is dated with all its terms.")
            .field("party", &PartyCard::party, "Its code.")
            .field("name", &PartyCard::name, "Its name; empty for a person.")
            .field("country", &PartyCard::country, "Where it is.")
            .field("language", &PartyCard::language, "Of its documents.")
            .field("standing", &PartyCard::standing, "How it stands.")
            .field("standings", &PartyCard::standings, "How it stood, and why.")
            .field("roles", &PartyCard::roles, "What it is and was to the company.")
            .field("contact_points", &PartyCard::contact_points, "How it is reached.")
            .personal(&PartyCard::person)
            .field("counterparties", &PartyCard::counterparties, "Through whom it is served.")
            .field("relations", &PartyCard::relations, "How it stands to other parties.")
            .field("merged_into", &PartyCard::merged_into, "The party that stands for it.")
            .field("merge_reason", &PartyCard::merge_reason, "How it was seen that they are one.")
            .field("stands_for", &PartyCard::stands_for, "The parties that were merged into it.")
            .field("person", &PartyCard::person, "Who it is; absent: an organisation.")
            .field("person_name", &PartyCard::person_name,
                   "What the person is called; the query person tells more.")
            .personal(&PartyCard::person, "name");
    }
};

struct OneParty {
    CompanyCode company;
    PartyCode party;
    bool as_itself = false;

    static void describe(auto& query) {
        query
            .record("party",
                    "One party with all that is known of it; of one that was merged, the party "
                    "that stands for it.")
            .company(&OneParty::company)
            .field("company", &OneParty::company, "Whose party.")
            .field("party", &OneParty::party, "A party.")
            .field("as_itself", &OneParty::as_itself,
                   "True: the party itself, even where another one stands for it.")
            .otherwise(false)
            .template answers<PartyCard>(Times::both);
    }
};

struct RelationList {
    CompanyCode company;
    std::optional<PartyCode> party = std::nullopt;
    std::optional<RelationKind> relation = std::nullopt;

    static void describe(auto& query) {
        query.record("relations", "What parties are to each other.")
            .company(&RelationList::company)
            .field("company", &RelationList::company, "Whose parties.")
            .field("party", &RelationList::party, "Only those of this party, on either side.")
            .field("relation", &RelationList::relation, "Only of this kind.")
            .template answers<PartyRelation>(Times::both);
    }
};

class PartyModel {
public:
    explicit PartyModel(const Place& place)
        : parties_(place.table(1)),
          links_(place.table(2)),
          relations_(place.table(3)),
          contacts_(place.table(4)) {}

    void on(const OrganisationRegistered&, const Recorded&);
    void on(const OrganisationChanged&, const Recorded&);
    void on(const PersonRegistered&, const Recorded&);
    void on(const PersonChanged&, const Recorded&);
    void on(const PersonContactAdded&, const Recorded&);
    void on(const PartyRoleStarted&, const Recorded&);
    void on(const PartyRoleEnded&, const Recorded&);
    void on(const PartyRefused&, const Recorded&);
    void on(const PartyRetired&, const Recorded&);
    void on(const PartyReinstated&, const Recorded&);
    void on(const ContactPointAdded&, const Recorded&);
    void on(const ContactPointRemoved&, const Recorded&);
    void on(const PartiesRelated&, const Recorded&);
    void on(const PartyRelationEnded&, const Recorded&);
    void on(const CounterpartyLinked&, const Recorded&);
    void on(const CounterpartyPreferred&, const Recorded&);
    void on(const CounterpartyUnlinked&, const Recorded&);
    void on(const PartiesMerged&, const Recorded&);
    void on(const PartyMergeUndone&, const Recorded&);
    void answer(const PartyList&, const AsOf&, Page<ListedParty>&) const;
    void answer(const OneParty&, const AsOf&, Page<PartyCard>&) const;
    void answer(const RelationList&, const AsOf&, Page<PartyRelation>&) const;
    void answer(const DuplicateParties&, const AsOf&, Page<DuplicateParty>&) const;

    // All links of the company as they were known, with all their terms.
    std::vector<LinkTerm> links(const AsOf&, const CompanyCode&) const;

private:
    // All parties of a company, and through whom each is served where no other is named.
    struct Known {
        std::map<PartyCode, KnownParty> parties;
        std::map<PartyCode, CounterpartyCode> by_default;
    };

    static ListedParty listed(const KnownParty&, const Known&, const AsOf&);
    void stand(const auto& event, Standing, const Recorded&) const;
    // The party, or who stands for it at the corner.
    std::optional<KnownParty> find(const AsOf&, const OneParty&) const;
    std::vector<PartyRelation> relations(const AsOf&, const CompanyCode&) const;

    DescribedRows<PartyKey, KnownParty> parties_;
    DescribedRows<CounterpartyLinkKey, KnownLink> links_;
    DescribedRows<RelationKey, KnownRelation> relations_;
    DescribedRows<ContactPointKey, PartyContact> contacts_;
};

ReadModelSpec party_list();

}  // namespace kontor::parties
