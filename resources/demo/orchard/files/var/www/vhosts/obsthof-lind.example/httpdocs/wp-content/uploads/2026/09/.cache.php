<?php // left empty
