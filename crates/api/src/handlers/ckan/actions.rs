//! The calls of CKAN's action API that are answered here, each with what `help_show` tells of it.

macro_rules! actions {
    ($($action:ident $name:literal $help:literal)*) => {
        /// A call.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "they are called as CKAN calls them")]
        pub enum Action { $($action,)* }

        impl Action {
            /// All of them.
            pub const ALL: &'static [Action] = &[$(Action::$action,)*];

            /// Its name.
            pub fn name(self) -> &'static str {
                match self { $(Action::$action => $name,)* }
            }

            /// What it does, what it takes and what it gives.
            pub fn help(self) -> &'static str {
                match self { $(Action::$action => $help,)* }
            }
        }
    };
}

actions! {
    PackageList "package_list"
        "Return the names of all datasets, in their order.\n\n:param limit: at most so many\n:param offset: pass over so many\n\n:rtype: list of strings"
    PackageShow "package_show"
        "Return a dataset with its resources, tags, groups and extras.\n\n:param id: the dataset's name or id\n\n:rtype: dictionary"
    PackageSearch "package_search"
        "Search for datasets.\n\n:param q: words, phrases in quotation marks, or conditions as in fq (default: everything)\n:param fq: conditions that must all be true, in the query language of Solr: organization:NAME, groups:NAME, tags:\"TAG\", res_format:CSV, license_id:cc-by, name:, title:, id:, owner_org:, metadata_modified:[2026-01-01T00:00:00Z TO *], metadata_created:[…]; with AND, OR, NOT, + and -, parentheses, * and ?\n:param fq_list: more conditions, a list\n:param sort: id, name, title_string, metadata_created or metadata_modified, each with asc or desc (default: metadata_modified desc)\n:param rows: at most so many datasets (default: 10, at most 1000)\n:param start: pass over so many\n:param facet.field: a list of organization, groups, tags, res_format, license_id\n:param facet.limit: values of each (default: 50, -1 for all)\n:param facet.mincount: leave out what fewer datasets have\n:param facet: false for no facets\n:param fl: a list of the members of each dataset that are wanted\n\nThe order by id is that of publication: what is published during a walk from page to page comes last.\n\n:rtype: dictionary with count, sort, facets, search_facets, results"
    CurrentPackageListWithResources "current_package_list_with_resources"
        "Return datasets with their resources, the latest change first.\n\n:param limit: at most so many (at most 1000)\n:param offset: pass over so many\n\n:rtype: list of dictionaries"
    OrganizationList "organization_list"
        "Return the names of the organizations, which are the city's departments.\n\n:param sort: name, title or package_count, with asc or desc (default: title asc)\n:param organizations: only those with these names, a list\n:param limit: at most so many\n:param offset: pass over so many\n:param all_fields: dictionaries instead of names\n\n:rtype: list"
    OrganizationShow "organization_show"
        "Return an organization.\n\n:param id: its name or id\n:param include_datasets: with up to 10 of its datasets\n:param include_dataset_count: with their number (default: true)\n\n:rtype: dictionary"
    GroupList "group_list"
        "Return the names of the groups, which are the catalog's themes.\n\n:param sort: name, title or package_count, with asc or desc (default: title asc)\n:param groups: only those with these names, a list\n:param limit: at most so many\n:param offset: pass over so many\n:param all_fields: dictionaries instead of names\n\n:rtype: list"
    GroupShow "group_show"
        "Return a group.\n\n:param id: its name or id\n:param include_datasets: with up to 10 of its datasets\n:param include_dataset_count: with their number (default: true)\n\n:rtype: dictionary"
    TagList "tag_list"
        "Return the tags of datasets.\n\n:param query: only those that hold this text\n:param all_fields: dictionaries instead of names\n:param limit: at most so many\n:param offset: pass over so many\n\n:rtype: list"
    TagShow "tag_show"
        "Return a tag.\n\n:param id: the tag, or its id\n:param include_datasets: with up to 1000 datasets that have it\n\n:rtype: dictionary"
    LicenseList "license_list"
        "Return the licences that datasets may be under.\n\n:rtype: list of dictionaries"
    ResourceShow "resource_show"
        "Return a resource, which is one form of a dataset.\n\n:param id: its id\n\n:rtype: dictionary"
    ResourceSearch "resource_search"
        "Search for resources.\n\n:param query: FIELD:TERM, or a list of them that must all be true; name, url, format, description or hash\n:param order_by: name, format, size or last_modified\n:param offset: pass over so many\n:param limit: at most so many (default: 1000, at most 1000)\n\n:rtype: dictionary with count and results"
    StatusShow "status_show"
        "Return what the site says of itself.\n\n:rtype: dictionary"
    SiteRead "site_read"
        "Return true.\n\n:rtype: bool"
    HelpShow "help_show"
        "Return what a call does.\n\n:param name: the call's name\n\n:rtype: string"
    DatastoreSearch "datastore_search"
        "Return rows of a dataset's current revision.\n\n:param resource_id: the id of the dataset's CSV\n:param filters: a dictionary of fields with the value, or a list of values, that they must have\n:param q: words that must stand in any cell, or a dictionary of fields with words\n:param fields: the fields that are wanted, a list or a text with commas\n:param sort: fields, each with asc or desc\n:param limit: at most so many (default: 100, at most 32000)\n:param offset: pass over so many\n:param include_total: false to leave the total out\n:param records_format: objects (default), lists, csv or tsv\n\n:rtype: dictionary with fields, records, total, limit, offset, _links"
    DatastoreInfo "datastore_info"
        "Return what there is to ask of a dataset's rows.\n\n:param id: the id of the dataset's CSV\n\n:rtype: dictionary with meta and fields"
}

impl Action {
    /// The call named `name`.
    pub fn named(name: &str) -> Option<Action> {
        Action::ALL.iter().copied().find(|action| action.name() == name)
    }
}

/// Whether `name` is that of a call that changes something; none of those is answered here.
pub fn changes(name: &str) -> bool {
    let endings =
        ["_create", "_update", "_patch", "_delete", "_purge", "_upsert", "_revise", "_follow", "_invite"];
    endings.iter().any(|ending| name.ends_with(ending)) || name == "datastore_search_sql"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_is_known_by_its_name_and_changes_nothing() {
        for action in Action::ALL {
            assert_eq!(Action::named(action.name()), Some(*action));
            assert!(!changes(action.name()) && action.help().contains(":rtype:"), "{}", action.name());
        }
        assert!(changes("package_create") && changes("datastore_search_sql"));
        assert_eq!(Action::named("package_create"), None);
    }
}
