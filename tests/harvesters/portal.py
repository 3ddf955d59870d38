"""The rules of a stock CKAN that its parser leaves to the portal: what it takes for a tag."""

from ckan.logic.validators import tag_length_validator, tag_name_validator
from ckan.plugins.toolkit import Invalid


def takes_tag(name):
    """Whether CKAN would keep the dataset that has this tag: it refuses the whole of it for one tag."""
    try:
        tag_name_validator(tag_length_validator(name, {}), {})
    except Invalid:
        return False
    return True
